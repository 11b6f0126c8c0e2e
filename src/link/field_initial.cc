// Middle names that are often only an initial.
#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

class InitialField : public FieldType {
 public:
  int equal_level(const FieldSpec&) const override { return 3; }
  std::string level_words(const FieldSpec&, int level) const override {
    return level == 3 ? "equal" : level == 2 ? "same initial" : "differ";
  }
  int compare(const FieldSpec&, std::string_view a, std::string_view b) const override {
    if (a.empty() || b.empty() || a[0] != b[0]) return kDiffer;
    if (a.size() == 1 || b.size() == 1) return 2;
    return text::jaro_winkler(a, b) >= 0.8 ? 2 : kDiffer;
  }
};

}  // namespace

const FieldType& initial_field() {
  static const InitialField field;
  return field;
}

}  // namespace clew::link
