// Freely spelt text: names, places, streets, by Jaro-Winkler similarity.
#include <algorithm>
#include <cmath>

#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

constexpr double kDefaultThresholds[] = {0.92, 0.80};

bool is_person_name(Role role) {
  return role == Role::given_name || role == Role::middle_name || role == Role::family_name ||
         role == Role::full_name;
}

// Jaro-Winkler of values of these lengths that share `shared` letters and a prefix of `prefix`, at
// most.
double bound(double shared, double length_a, double length_b, double prefix) {
  const double jaro = (shared / length_a + shared / length_b + 1) / 3;
  return jaro <= 0.7 ? jaro : jaro + 0.1 * prefix * (1 - jaro);
}

class JaroWinklerField : public FieldType {
 public:
  int equal_level(const FieldSpec& spec) const override {
    return static_cast<int>(thresholds(spec).size()) + 2;
  }
  std::string level_words(const FieldSpec& spec, int level) const override {
    if (level == equal_level(spec)) return "equal";
    if (level == kDiffer) return "differ";
    const auto t = thresholds(spec);
    const double threshold = t[t.size() - static_cast<std::size_t>(level - 1)];
    std::string number = std::to_string(std::lround(threshold * 100));
    return (level == equal_level(spec) - 1 ? "nearly equal (Jaro-Winkler from ."
                                           : "similar (Jaro-Winkler from .") +
           number + ")";
  }
  int compare(const FieldSpec& spec, std::string_view a, std::string_view b) const override {
    const auto t = thresholds(spec);
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
    if (s.most == 0) return kDiffer;
    return bound(s.most, s.length_a, s.length_b, s.same_first ? 4 : 0) < thresholds(spec).back()
               ? kDiffer
               : -1;
  }
  std::vector<std::string> parts(const FieldSpec& spec) const override {
    if (is_person_name(spec.role)) return {"", "first3", "soundex", "last4"};
    return {"", "first4"};
  }
  void keys(const FieldSpec& spec, std::string_view text,
            std::vector<KeyPart>& out) const override {
    out.push_back({0, std::string(text)});
    if (!is_person_name(spec.role)) {
      out.push_back({1, std::string(text.substr(0, 4))});
      return;
    }
    out.push_back({1, std::string(text.substr(0, 3))});
    std::string sound = text::soundex(text);
    if (!sound.empty()) out.push_back({2, std::move(sound)});
    if (text.size() >= 4) out.push_back({3, std::string(text.substr(text.size() - 4))});
  }
  bool fuzzy_frequency() const override { return true; }

 private:
  static std::vector<double> defaults() { return {kDefaultThresholds[0], kDefaultThresholds[1]}; }
  static const std::vector<double>& thresholds(const FieldSpec& spec) {
    static const std::vector<double> kDefaults = defaults();
    return spec.thresholds.empty() ? kDefaults : spec.thresholds;
  }
};

}  // namespace

const FieldType& jaro_winkler_field() {
  static const JaroWinklerField field;
  return field;
}

}  // namespace clew::link
