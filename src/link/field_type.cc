#include "link/field_type.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace clew::link {
namespace {

constexpr std::array<std::string_view, 9> kComparisonNames = {
    "exact", "jaro_winkler", "edits", "date", "number", "initial", "email", "tokens", "point"};

constexpr std::array<std::string_view, 25> kRoleNames = {
    "ignored",      "id",         "source",      "truth",       "report_date",
    "free_text",    "given_name", "middle_name", "family_name", "full_name",
    "birth_date",   "age",        "sex",         "phone",       "email",
    "house_number", "street",     "address",     "postcode",    "place",
    "country",      "document",   "handle",      "category",    "number"};

}  // namespace

std::uint32_t digest(Digest kind, std::string_view text) {
  if (kind == Digest::none || text.empty()) return kNoDigest;
  std::uint32_t out = 0;
  if (kind == Digest::date) {
    if (text.size() != 8) return kNoDigest;
    for (const char c : text) out = out << 4 | (static_cast<unsigned char>(c) & 15U);
    return out;
  }
  for (const char c : text) out |= 1U << (10 + (static_cast<unsigned char>(c) * 7U & 31U) % 22);
  out |= (static_cast<unsigned char>(text[0]) & 31U) << 5;
  return out | static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 31));
}

std::vector<std::string> FieldType::parts(const FieldSpec&) const { return {""}; }

void FieldType::keys(const FieldSpec&, std::string_view text, std::vector<KeyPart>& out) const {
  out.push_back({0, std::string(text)});
}

const FieldType& field_type(Comparison comparison) {
  switch (comparison) {
    case Comparison::exact:
      return exact_field();
    case Comparison::jaro_winkler:
      return jaro_winkler_field();
    case Comparison::edits:
      return edits_field();
    case Comparison::date:
      return date_field();
    case Comparison::number:
      return number_field();
    case Comparison::initial:
      return initial_field();
    case Comparison::email:
      return email_field();
    case Comparison::tokens:
      return tokens_field();
    case Comparison::point:
      return point_field();
  }
  CHECK(false);
  return exact_field();
}

std::string_view comparison_name(Comparison comparison) {
  return kComparisonNames[static_cast<std::size_t>(comparison)];
}

std::string_view role_name(Role role) {
  if (role == Role::latitude) return "latitude";
  if (role == Role::longitude) return "longitude";
  return kRoleNames[static_cast<std::size_t>(role)];
}

}  // namespace clew::link
