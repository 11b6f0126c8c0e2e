// Draws an Explanation for a browser: a waterfall as a picture, the same as a table, and a page.
#pragma once

#include <string>
#include <string_view>

#include "link/explanation.h"
#include "report/chart.h"
#include "report/words.h"

namespace clew::report {

// A figure with the waterfall of some terms; `id` is unique within its page.
std::string waterfall_figure(const std::vector<link::Term>& terms, double total_bits,
                             std::string_view title, std::string_view id, Values values,
                             Table shown = Table::folded);

// Why two records are or are not one, without a heading; for use inside a page.
std::string explanation_body(const link::Explanation& explanation, std::string_view id,
                             Values values, Table shown = Table::folded);

// Complete pages.
std::string explanation_page(const link::Explanation& explanation, Values values);
std::string explanation_page(const link::EntityExplanation& explanation, Values values);

}  // namespace clew::report
