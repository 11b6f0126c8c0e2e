#include "formats/field_spec.h"

#include <array>

namespace clew::formats {

using link::Comparison;
using link::Role;

std::string_view role_name(Role role) {
  constexpr std::array<std::string_view, 27> kNames = {
      "ignored",    "id",          "source",      "truth",        "report_date", "free_text",
      "given_name", "middle_name", "family_name", "full_name",    "birth_date",  "age",
      "sex",        "phone",       "email",       "house_number", "street",      "address",
      "postcode",   "place",       "country",     "document",     "handle",      "category",
      "number",     "latitude",    "longitude"};
  return kNames.at(static_cast<std::size_t>(role));
}

std::string_view comparison_name(Comparison comparison) {
  constexpr std::array<std::string_view, 9> kNames = {
      "exact", "jaro_winkler", "edits", "date", "number", "initial", "email", "tokens", "point"};
  return kNames.at(static_cast<std::size_t>(comparison));
}

std::string_view order_name(model::DateOrder order) {
  constexpr std::array<std::string_view, 5> kNames = {"unknown", "year_first", "day_first",
                                                      "month_first", "ambiguous"};
  return kNames.at(static_cast<std::size_t>(order));
}

Comparison comparison_of(Role role, std::string_view kind, const Profile& profile) {
  constexpr std::uint64_t kRegionsMax = 60;  // more are spelt freely, fewer are codes
  switch (role) {
    case Role::given_name:
    case Role::family_name:
    case Role::full_name:
    case Role::street:
    case Role::address:
      return Comparison::jaro_winkler;
    case Role::middle_name:
      return profile.initial >= 0.6 ? Comparison::initial : Comparison::jaro_winkler;
    case Role::place:
      return kind == "region" && profile.distinct <= kRegionsMax ? Comparison::exact
                                                                 : Comparison::jaro_winkler;
    case Role::birth_date:
    case Role::age:
      return Comparison::date;
    case Role::phone:
    case Role::document:
    case Role::postcode:
    case Role::handle:
      return Comparison::edits;
    case Role::email:
      return Comparison::email;
    case Role::house_number:
    case Role::number:
      return Comparison::number;
    case Role::latitude:
    case Role::longitude:
      return Comparison::point;
    case Role::category:
      return kind == "alias" || kind == "relative" || kind == "text" ? Comparison::jaro_winkler
                                                                     : Comparison::exact;
    default:
      return Comparison::exact;
  }
}

bool is_shared_by_household(Role role, std::string_view kind) {
  switch (role) {
    case Role::family_name:
    case Role::place:
    case Role::street:
    case Role::address:
    case Role::house_number:
    case Role::postcode:
    case Role::phone:
    case Role::country:
    case Role::latitude:
      return true;
    default:
      return kind == "relative";
  }
}

bool holds_several(Role role) { return role == Role::phone || role == Role::email; }

bool is_evidence(Role role) { return role >= Role::given_name; }

}  // namespace clew::formats
