// E-mail addresses: people keep the name before the @ when they change the provider.
#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

class EmailField : public FieldType {
 public:
  int equal_level(const FieldSpec& spec) const override {
    return static_cast<int>(thresholds(spec).size()) + 2;
  }
  std::string level_words(const FieldSpec& spec, int level) const override {
    if (level == equal_level(spec)) return "equal";
    if (level == kDiffer) return "differ";
    return level == equal_level(spec) - 1 ? "nearly equal" : "similar";
  }
  int compare(const FieldSpec& spec, std::string_view a, std::string_view b) const override {
    const auto& t = thresholds(spec);
    const double similarity = text::jaro_winkler(a, b);
    for (std::size_t k = 0; k < t.size(); ++k) {
      if (similarity >= t[k]) return static_cast<int>(t.size() - k) + 1;
    }
    return kDiffer;
  }
  Digest digest_kind() const override { return Digest::letters; }
  int level_by_digest(const FieldSpec& spec, std::uint32_t a, std::uint32_t b) const override {
    const SharedLetters s = shared_letters(a, b);
    if (s.most < 0) return -1;
    const double shared = s.most;
    const double jaro = (shared / s.length_a + shared / s.length_b + 1) / 3;
    const double most = jaro + (s.same_first ? 0.4 * (1 - jaro) : 0);
    return most < thresholds(spec).back() ? kDiffer : -1;
  }
  std::vector<std::string> parts(const FieldSpec&) const override {
    return {"", "first_half", "second_half"};
  }
  void keys(const FieldSpec&, std::string_view text, std::vector<KeyPart>& out) const override {
    out.push_back({0, std::string(text)});
    if (text.size() < 4) return;
    out.push_back({1, std::string(text.substr(0, (text.size() + 1) / 2))});
    out.push_back({2, std::string(text.substr(text.size() / 2))});
  }

 private:
  static const std::vector<double>& thresholds(const FieldSpec& spec) {
    static const std::vector<double> kDefaults = {0.95, 0.88};
    return spec.thresholds.empty() ? kDefaults : spec.thresholds;
  }
};

}  // namespace

const FieldType& email_field() {
  static const EmailField field;
  return field;
}

}  // namespace clew::link
