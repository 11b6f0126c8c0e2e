// Fields that are equal or not: sex, country, category.
#include "link/field_type.h"

namespace clew::link {
namespace {

class ExactField : public FieldType {
 public:
  int equal_level(const FieldSpec&) const override { return 2; }
  std::string level_words(const FieldSpec&, int level) const override {
    return level == 2 ? "equal" : "differ";
  }
  int compare(const FieldSpec&, std::string_view, std::string_view) const override {
    return kDiffer;
  }
};

}  // namespace

const FieldType& exact_field() {
  static const ExactField field;
  return field;
}

}  // namespace clew::link
