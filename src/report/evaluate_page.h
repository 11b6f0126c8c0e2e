// Shows the figures of an evaluation: as a page, as text for a terminal, as JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "link/evaluate.h"
#include "report/explanation_terminal.h"
#include "report/json.h"
#include "report/words.h"

namespace clew::report {

// Views are only read during the call.
struct EvaluationView {
  const link::Evaluation& evaluation;
  std::function<std::string(std::uint32_t)> name;  // "source:record_id" of a record number
  // Explains a pair: link::explain, bound. May be empty: then no waterfalls are drawn.
  std::function<link::Explanation(std::uint32_t, std::uint32_t)> explain;
};

std::string evaluation_page(const EvaluationView& view, Values values);
std::string evaluation_text(const EvaluationView& view, const TerminalStyle& style);
Json evaluation_json(const EvaluationView& view);

// The Wilson score interval of 95% for `part` of `whole`; [0, 1] when whole is 0.
struct Interval {
  double low = 0, high = 1;
};
Interval share_interval(double part, double whole);

}  // namespace clew::report
