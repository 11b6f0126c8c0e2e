// Dates as people write them: orders, separators, partial dates, ages; and days as numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clew::model {

// Days since 1970-01-01 in the proleptic Gregorian calendar; negative before.
using Day = std::int32_t;

Day day_from_civil(int year, unsigned month, unsigned day);
bool is_civil(int year, unsigned month, unsigned day);  // 1 to 9999, month lengths and leap years
std::string day_to_text(Day day);                       // "YYYYMMDD"

// An interval of days, both ends included. An exact date has first == last.
struct DayInterval {
  Day first = 0;
  Day last = 0;
};

// Reads the canonical forms of link/records.h ("YYYYMMDD", "YYYYMM", "YYYY", "A/B").
std::optional<DayInterval> interval_from_canonical(std::string_view canonical);

// In which order a column writes its dates. `ambiguous`: both day_first and month_first remain
// possible for the whole column, so each date is carried as both readings.
enum class DateOrder : std::uint8_t { unknown, year_first, day_first, month_first, ambiguous };

enum class DateFault : std::uint8_t { none, not_a_date, impossible };

struct DateReading {
  std::vector<std::string> canonical;  // one, or two for an ambiguous date; empty on a fault
  DateFault fault = DateFault::none;
  // What an impossible date still says: its year, in canonical form. Empty when that would depend
  // on the order, or when the year is impossible.
  std::string rest;
};

// Reads one date. Accepts - / . , blanks and none between parts, two-digit years (read as the last
// hundred years before `year_now`), month names in English, French, Spanish, Russian, Arabic, times
// after the date (dropped), partial dates ("1999", "1999-05", "05/1999", "May 1999", "1999-05-00"),
// and digits of other scripts. "19990231" is impossible, "tomorrow" is not a date.
DateReading read_date(std::string_view text, DateOrder order, int year_now);

// Decides the order of a column from its distinct values and how often each occurs. One value that
// admits a single order decides unless more than 5% of the others contradict it.
DateOrder decide_order(const std::vector<std::string_view>& values,
                       const std::vector<std::uint32_t>& counts, int year_now);

// Reads an age: "14", "13-15", "about 14", "14 years", "~14", "6 months", "<18". Returns the lowest
// and the highest age in completed years that it may mean; "about n" is n-2 to n+2. Nothing when it
// is no age.
struct AgeRange {
  double low = 0;
  double high = 0;
};
std::optional<AgeRange> read_age(std::string_view text);

// Birth dates that a person of that age on that day may have.
DayInterval birth_interval(AgeRange age, Day on);

}  // namespace clew::model
