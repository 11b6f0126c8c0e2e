// Places as latitude and longitude, by distance.
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "link/field_type.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

std::optional<std::pair<double, double>> read_point(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  std::pair<double, double> point;
  const char* begin = text.data();
  if (std::from_chars(begin, begin + comma, point.first).ec != std::errc()) return std::nullopt;
  if (std::from_chars(begin + comma + 1, begin + text.size(), point.second).ec != std::errc()) {
    return std::nullopt;
  }
  return point;
}

class PointField : public FieldType {
 public:
  int equal_level(const FieldSpec&) const override { return 4; }
  std::string level_words(const FieldSpec&, int level) const override {
    switch (level) {
      case 4:
        return "the same place";
      case 3:
        return "within 1 km";
      case 2:
        return "within 20 km";
      default:
        return "further than 20 km apart";
    }
  }
  int compare(const FieldSpec&, std::string_view a, std::string_view b) const override {
    const auto p = read_point(a);
    const auto q = read_point(b);
    if (!p || !q) return kDiffer;
    const double km = text::distance_km(p->first, p->second, q->first, q->second);
    return km <= 1 ? 3 : km <= 20 ? 2 : kDiffer;
  }
  std::vector<std::string> parts(const FieldSpec&) const override { return {"", "square"}; }
  void keys(const FieldSpec&, std::string_view text, std::vector<KeyPart>& out) const override {
    out.push_back({0, std::string(text)});
    if (const auto p = read_point(text)) {
      out.push_back({1, std::to_string(std::lround(p->first * 10)) + "," +
                            std::to_string(std::lround(p->second * 10))});
    }
  }
};

}  // namespace

const FieldType& point_field() {
  static const PointField field;
  return field;
}

}  // namespace clew::link
