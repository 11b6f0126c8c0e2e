// Vocabulary of column names: what a header says, in English, French, Spanish, Arabic and Russian.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "link/records.h"
#include "model/date.h"

namespace clew::formats {

// What a header means. `kind` tells columns of one role apart ("birth_place" is not "place").
struct HeaderMeaning {
  link::Role role = link::Role::ignored;
  std::string_view kind;
  std::string_view language;  // "English"
  double strength = 0;        // 1: the whole header is a known name; less: a part of it is
};

// Reads a header whatever its case, blanks, underscores, diacritics or camelCase; a number at its
// end and words that only say whose value it is ("child", "victim") do not matter. A header that
// names another person (mother, reporter) gives the kind "relative" or "other_person". Nothing when
// no part is known.
std::optional<HeaderMeaning> meaning_of(std::string_view header);

// The order of dates that a header spells out ("DOB (dd/mm/yyyy)", "fecha dd-mm-aaaa"), or unknown.
model::DateOrder order_in_header(std::string_view header);

// The header as a field name: folded, with _ for every blank and sign. "column" when nothing is
// left.
std::string field_name(std::string_view header);

}  // namespace clew::formats
