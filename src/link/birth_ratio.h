// Evidence from birth dates that are known only in part: intervals from ages, years, months.
#pragma once

#include <cstdint>
#include <vector>

#include "link/compare.h"

namespace clew::link {

// For one date field. The chance that a random person is born in an interval is taken from the whole dates of the
// file (by year, smoothed); from the intervals themselves where the file has no whole date.
class BirthRatio {
 public:
  BirthRatio(const Comparer& comparer, std::size_t field);

  // Natural log of P(both | one person) / P(both | two people). Exactly 0 when either interval holds every
  // birth date there is; disjoint intervals count against, more the wider the gap.
  double log_ratio(std::uint32_t a, std::uint32_t b) const;

 private:
  struct Span {
    double first = 0, last = 0;  // days, last exclusive
  };
  double mass(const Span& span) const;
  double below(double day) const;
  double log_ratio(const Span& a, const Span& b) const;
  std::vector<Span> spans_of(std::uint32_t value) const;

  const Field& field_;
  double first_day_ = 0;             // of the first year that has mass
  std::vector<double> cumulative_;   // by steps of kStep days
};

}  // namespace clew::link
