// House numbers and other numbers: equal, one digit apart, or different.
#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

class NumberField : public FieldType {
 public:
  int equal_level(const FieldSpec&) const override { return 3; }
  std::string level_words(const FieldSpec&, int level) const override {
    return level == 3 ? "equal" : level == 2 ? "one digit apart" : "differ";
  }
  int compare(const FieldSpec&, std::string_view a, std::string_view b) const override {
    return text::osa(a, b, 1) <= 1 ? 2 : kDiffer;
  }
};

}  // namespace

const FieldType& number_field() {
  static const NumberField field;
  return field;
}

}  // namespace clew::link
