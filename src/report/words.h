// Words and figures as people read them: grouped numbers, chances in words, masked values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "link/explanation.h"
#include "link/records.h"

namespace clew::report {

// Whether compared values appear in clear. Masked is the default everywhere.
enum class Values : std::uint8_t { masked, shown };

std::string grouped(std::uint64_t n);  // 1234567 -> "1,234,567"
std::string grouped(double n);         // rounded to a whole number
std::string percent(double share);     // .0423 -> "4.2%"; a millionth -> "1 in 1,000,000"
std::string signed_bits(double bits);  // "+8.21", "−3.40" with a real minus sign, "0.00"
std::string counted(std::uint64_t n, std::string_view one, std::string_view many);

// A chance as a caseworker reads it: "very likely one person: of 1,000 such pairs about 3 are not".
std::string chance_in_words(double probability);

// "+4.89 bits, probability 0.9674: very likely one person: ..."
std::string verdict_in_words(double bits, double probability);

std::string_view decision_in_words(link::Decision decision);
std::string_view role_in_words(link::Role role);
std::string_view kind_in_words(link::TermKind kind);

// The text without control characters, direction overrides and bytes that are not UTF-8 (each
// becomes U+FFFD), so that no value from the data can steer a terminal or reorder a page.
std::string plain(std::string_view text);

// A canonical value as it may be shown. Masked: the first letter and dots; of a date (a canonical
// date in a field that is named as a date or an age) the year; nothing of one or two letters.
// Shown: dates with hyphens, several values joined by "; ". Empty stays empty.
std::string value_in_words(std::string_view value, std::string_view field, Values values);

// Columns that the text takes on a terminal: combining marks take none, wide letters two.
std::size_t display_width(std::string_view utf8);

// Breaks text at blanks into lines of at most `width` columns; a longer word stays whole.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// Cuts text to `width` columns with a final "…", or pads it with blanks.
std::string fitted(std::string_view text, std::size_t width);

}  // namespace clew::report
