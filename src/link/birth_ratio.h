// Evidence from birth dates that are known only in part: intervals from ages, years, months.
#pragma once

#include <cstdint>
#include <vector>

#include "link/records.h"

namespace clew::link {

// For one date field. The chance that a random person is born in an interval is taken from the
// whole dates of the file (by year, smoothed); from the intervals themselves where the file has no
// whole date.
class BirthRatio {
 public:
  enum class Agreement : std::uint8_t { vacuous, apart, nearly, consistent };

  explicit BirthRatio(const Field& field);

  // Whether two intervals overlap, nearly do (two years, or one digit of the year), or not. Vacuous
  // when either holds every birth date there is: such a pair is no evidence, exactly 0.
  Agreement agreement(std::uint32_t a, std::uint32_t b) const;

  // For consistent values: log of P(both) / (P(a) P(b)), how much more two birth dates overlap so
  // when they are one.
  double log_overlap(std::uint32_t a, std::uint32_t b) const;

 private:
  struct Span {
    double first = 0, last = 0;  // days, last exclusive
  };
  double mass(const Span& span) const;
  bool holds_every_birth(const Span& span) const {
    return span.first <= first_birth_ && span.last >= last_birth_;
  }
  double below(double day) const;
  std::vector<Span> spans_of(std::uint32_t value) const;

  const Field& field_;
  double first_birth_ = 1e18, last_birth_ = -1e18;  // of the dates that the masses come from
  double first_day_ = 0;                            // of the first year that has mass
  std::vector<double> cumulative_;                  // by steps of a year
};

}  // namespace clew::link
