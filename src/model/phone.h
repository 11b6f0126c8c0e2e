// Telephone numbers: one spelling for what people write with blanks, brackets and trunk zeros.
#pragma once

#include <string>
#include <string_view>

namespace clew::model {

// Returns the calling code of an ISO 3166-1 alpha-2 country ("FR" gives "33"), "" when it is not
// known.
std::string_view calling_code(std::string_view country);

// Returns "+" and digits where the country is known (from "+", "00" or `default_country`, an
// alpha-2 code or empty), otherwise the digits alone. An extension ("ext 12", "x12") is dropped,
// and so is the "(0)" in "+44 (0)20". "" when there are fewer than 5 digits.
std::string normalise_phone(std::string_view text, std::string_view default_country);

// Says whether a value is written like a telephone number: 7 to 15 digits, no letters but an
// extension's, nothing else but blanks and + - . ( ) /.
bool looks_like_phone(std::string_view text);

}  // namespace clew::model
