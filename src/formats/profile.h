// Profile: what the values of a column look like, whatever its name says.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "table/table.h"

namespace clew::formats {

// Two-digit years are of the last hundred years before this one while columns are recognised; only
// the order of the parts is decided there, never a date.
inline constexpr int kRecogniseYear = 2100;

// Shares are parts, 0 to 1, of the filled cells that were looked at, words for "unknown" left out.
struct Profile {
  std::uint64_t rows = 0;
  std::uint64_t filled = 0;
  std::uint64_t distinct = 0;   // of the whole column
  std::uint64_t count_max = 0;  // how often the most frequent value stands
  double date = 0;              // a full date
  double year = 0;              // a year alone
  double age = 0;
  double email = 0;
  double phone = 0;           // written as a phone: + or 0 in front, or divided into groups
  double phone_possible = 0;  // 7 to 15 digits
  double integer = 0;
  double decimal = 0;  // a number with a fraction
  double sex = 0;
  double letters = 0;  // letters and blanks, no digit
  double has_digit = 0;
  double words_two = 0;    // two words or more
  double initial = 0;      // one letter, with or without a dot
  double postcode = 0;     // 3 to 10 characters with a digit, at most two groups
  double code = 0;         // one word, with a digit
  double mean_length = 0;  // bytes of the folded value
  double mean_words = 0;
  double number_low = 0, number_high = 0;  // of the numbers among the values
  int year_low = 0, year_high = 0;         // of the dates among the values: 1st and 99th percentile
  model::DateOrder order = model::DateOrder::unknown;
  // Share of values that hold several, for each of kSeparators.
  std::array<double, 4> several{};

  double share_filled() const;    // of the rows
  double share_distinct() const;  // of the filled cells
};

inline constexpr std::array<char, 4> kSeparators = {table::kListSeparator, ';', '|', ','};

// Looks at about 20,000 distinct values, drawn by their hash.
Profile profile_of(const table::Column& column);

// Whether a folded value says male or female, in the languages of the vocabulary: "male", "female"
// or "".
std::string_view sex_of(std::string_view folded);

// Calls visit(id, count) for the drawn distinct values of a column; the same values whatever the
// order of the rows.
std::vector<std::uint32_t> counts_of(const table::Column& column);
bool is_drawn(std::string_view value, std::uint64_t distinct, std::uint64_t wanted);

}  // namespace clew::formats
