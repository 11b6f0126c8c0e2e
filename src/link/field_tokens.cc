// Values that are sets of words in any order: whole addresses, names of unknown order.
#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

class TokensField : public FieldType {
 public:
  int equal_level(const FieldSpec&) const override { return 4; }
  std::string level_words(const FieldSpec&, int level) const override {
    switch (level) {
      case 4:
        return "equal";
      case 3:
        return "all words of the shorter one are shared";
      case 2:
        return "half of the words or more are shared";
      default:
        return "differ";
    }
  }
  int compare(const FieldSpec&, std::string_view a, std::string_view b) const override {
    const double overlap = text::token_overlap(a, b);
    return overlap >= 1 ? 3 : overlap >= 0.5 ? 2 : kDiffer;
  }
  std::vector<std::string> parts(const FieldSpec&) const override { return {"", "word"}; }
  void keys(const FieldSpec&, std::string_view text, std::vector<KeyPart>& out) const override {
    out.push_back({0, std::string(text)});
    std::size_t begin = 0;
    while (begin < text.size()) {
      std::size_t end = text.find(' ', begin);
      if (end == std::string_view::npos) end = text.size();
      if (end - begin >= 3) out.push_back({1, std::string(text.substr(begin, end - begin))});
      begin = end + 1;
    }
  }
  bool fuzzy_frequency() const override { return true; }
};

}  // namespace

const FieldType& tokens_field() {
  static const TokensField field;
  return field;
}

}  // namespace clew::link
