// Dates of birth: whole dates by their likely slips, partial dates and intervals by a likelihood
// ratio.
#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

constexpr std::size_t kWhole = 8;  // "YYYYMMDD"

// Day and month exchanged: 19990403 and 19990304.
bool swapped(std::string_view a, std::string_view b) {
  return a.substr(0, 4) == b.substr(0, 4) && a.substr(4, 2) == b.substr(6, 2) &&
         a.substr(6, 2) == b.substr(4, 2);
}

// Which of the eight digits of two date digests differ, one bit a digit.
std::uint32_t differing_digits(std::uint32_t a, std::uint32_t b) {
  std::uint32_t d = a ^ b;
  d |= d >> 1;
  d |= d >> 2;
  return d & 0x11111111U;
}

class DateField : public FieldType {
 public:
  int equal_level(const FieldSpec&) const override { return 5; }
  std::string level_words(const FieldSpec&, int level) const override {
    switch (level) {
      case 5:
        return "equal";
      case 4:
        return "one digit apart, or day and month exchanged";
      case 3:
        return "same year, or same day and month";
      case 2:
        return "two digits apart";
      default:
        return "differ";
    }
  }
  int compare(const FieldSpec&, std::string_view a, std::string_view b) const override {
    if (a.size() != kWhole || b.size() != kWhole) return kDiffer;
    const int edits = text::osa(a, b, 2);
    if (edits <= 1 || swapped(a, b)) return 4;
    if (a.substr(0, 4) == b.substr(0, 4) || a.substr(4) == b.substr(4)) return 3;
    return edits <= 2 ? 2 : kDiffer;
  }
  Digest digest_kind() const override { return Digest::date; }
  int level_by_digest(const FieldSpec&, std::uint32_t a, std::uint32_t b) const override {
    if (a == kNoDigest || b == kNoDigest) return -1;
    const std::uint32_t digits = differing_digits(a, b);
    const int count = __builtin_popcount(digits);
    if (count == 1) return 4;
    if (count == 2) {
      const int low = __builtin_ctz(digits);  // neighbours exchanged are one edit
      const bool neighbours = digits == 17U << low;
      if (neighbours && (a >> low & 15) == (b >> (low + 4) & 15) &&
          (a >> (low + 4) & 15) == (b >> low & 15)) {
        return 4;
      }
    }
    const bool same_year = (a >> 16) == (b >> 16), same_day = (a & 0xFFFF) == (b & 0xFFFF);
    if (same_year && (a >> 8 & 255) == (b & 255) && (a & 255) == (b >> 8 & 255)) return 4;
    if (same_year || same_day) return 3;
    return count == 2 ? 2 : -1;  // three or more: a shift may still be two edits
  }
  std::vector<std::string> parts(const FieldSpec&) const override {
    return {"", "year_month", "month_day", "year"};
  }
  void keys(const FieldSpec&, std::string_view text, std::vector<KeyPart>& out) const override {
    if (text.find('/') != std::string_view::npos) {
      interval_years(text, out);
      return;
    }
    if (text.size() == kWhole) {
      out.push_back({0, std::string(text)});
      out.push_back({2, std::string(text.substr(4))});
    }
    if (text.size() >= 6) out.push_back({1, std::string(text.substr(0, 6))});
    if (text.size() >= 4) out.push_back({3, std::string(text.substr(0, 4))});
  }
  bool needs_ratio(std::string_view text) const override { return text.size() != kWhole; }

 private:
  // An interval of a few years meets every year it touches; a wide one says too little to block by.
  static void interval_years(std::string_view text, std::vector<KeyPart>& out) {
    constexpr int kYearsMax = 4;
    const auto year = [](std::string_view t) {
      int value = 0;
      for (const char c : t.substr(0, 4)) value = value * 10 + (c - '0');
      return value;
    };
    if (text.size() != 2 * kWhole + 1) return;
    const int first = year(text);
    const int last = year(text.substr(kWhole + 1));
    if (last - first >= kYearsMax) return;
    for (int y = first; y <= last; ++y) {
      std::string key = std::to_string(y);
      out.push_back({3, std::string(4 - std::min<std::size_t>(4, key.size()), '0') + key});
    }
  }
};

}  // namespace

const FieldType& date_field() {
  static const DateField field;
  return field;
}

}  // namespace clew::link
