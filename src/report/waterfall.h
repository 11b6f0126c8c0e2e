// Waterfall: the terms of a sum laid out from where each begins to where it ends, ready to draw.
#pragma once

#include <string>
#include <vector>

#include "link/explanation.h"
#include "report/words.h"

namespace clew::report {

enum class Direction : std::uint8_t { start, raises, lowers, none, total };

struct WaterfallRow {
  std::string label;             // "family name: equal"
  std::string words;             // the sentence
  std::string value_a, value_b;  // as they may be shown; empty when the term compares nothing
  Direction direction = Direction::none;
  double bits = 0;
  double from = 0, to = 0;  // the running sum before and after
};

struct Waterfall {
  std::vector<WaterfallRow> rows;  // in the order given, the total last
  double low = 0, high = 0;        // the range of running sums, 0 included
};

// All text in the result is plain().
Waterfall waterfall_of(const std::vector<link::Term>& terms, double total_bits, Values values);

}  // namespace clew::report
