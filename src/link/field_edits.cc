// Identifiers, postcodes, phones and handles, by the number of edits between them.
#include <algorithm>
#include <cmath>

#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

class EditsField : public FieldType {
 public:
  int equal_level(const FieldSpec& spec) const override {
    return static_cast<int>(thresholds(spec).size()) + 2;
  }
  std::string level_words(const FieldSpec& spec, int level) const override {
    if (level == equal_level(spec)) return "equal";
    if (level == kDiffer) return "differ";
    const auto& t = thresholds(spec);
    const long edits = std::lround(t[t.size() - static_cast<std::size_t>(level - 1)]);
    return edits == 1 ? "one character apart"
                      : "up to " + std::to_string(edits) + " characters apart";
  }
  int compare(const FieldSpec& spec, std::string_view a, std::string_view b) const override {
    const auto& t = thresholds(spec);
    const int most = static_cast<int>(t.back());
    const int edits = text::osa(a, b, most);
    for (std::size_t k = 0; k < t.size(); ++k) {
      if (edits <= t[k]) return static_cast<int>(t.size() - k) + 1;
    }
    return kDiffer;
  }
  Digest digest_kind() const override { return Digest::letters; }
  int level_by_digest(const FieldSpec& spec, std::uint32_t a, std::uint32_t b) const override {
    const SharedLetters s = shared_letters(a, b);
    if (s.most < 0) return -1;
    return std::max(s.length_a, s.length_b) - s.most > thresholds(spec).back() ? kDiffer : -1;
  }
  std::vector<std::string> parts(const FieldSpec&) const override {
    return {"", "first_half", "second_half"};
  }
  void keys(const FieldSpec&, std::string_view text, std::vector<KeyPart>& out) const override {
    out.push_back({0, std::string(text)});
    if (text.size() < 4) return;  // half of a short value says nothing
    out.push_back({1, std::string(text.substr(0, (text.size() + 1) / 2))});
    out.push_back({2, std::string(text.substr(text.size() / 2))});
  }

 private:
  static const std::vector<double>& thresholds(const FieldSpec& spec) {
    static const std::vector<double> kDefaults = {1, 2};
    return spec.thresholds.empty() ? kDefaults : spec.thresholds;
  }
};

}  // namespace

const FieldType& edits_field() {
  static const EditsField field;
  return field;
}

}  // namespace clew::link
