#include "report/explanation_html.h"

#include <fmt/format.h>

#include "report/chart.h"
#include "report/page.h"

namespace clew::report {
namespace {

std::string terms_table(const Waterfall& waterfall) {
  bool valued = false;
  for (const WaterfallRow& row : waterfall.rows) {
    valued = valued || !row.value_a.empty() || !row.value_b.empty();
  }
  std::vector<TableColumn> columns = {{"Evidence"}, {"In words"}};
  if (valued) {
    columns.push_back({"First"});
    columns.push_back({"Second"});
  }
  columns.push_back({"Bits", Align::figure});
  columns.push_back({"Sum", Align::figure});
  HtmlTable table("Evidence, in the order of the chart", columns);
  for (const WaterfallRow& row : waterfall.rows) {
    std::vector<std::string> cells = {escaped(row.label), escaped(row.words)};
    if (valued) {
      cells.push_back(isolated(row.value_a));
      cells.push_back(isolated(row.value_b));
    }
    cells.push_back(signed_bits(row.bits));
    cells.push_back(signed_bits(row.to));
    table.row(cells);
  }
  return table.html();
}

std::string record_list(const std::vector<std::string>& records) {
  constexpr std::size_t kNamedMax = 50;
  std::string out;
  for (std::size_t i = 0; i < records.size() && i < kNamedMax; ++i) {
    out += (i > 0 ? ", " : "") + isolated(records[i]);
  }
  if (records.size() > kNamedMax) out += fmt::format(" and {} more", records.size() - kNamedMax);
  return out;
}

std::string masking_note(Values values) {
  if (values == Values::shown) {
    return "<p class=\"note\">Values from the records are shown in clear.</p>\n";
  }
  return "<p class=\"note\">Values are masked: of a text the first letter, of a date the "
         "year.</p>\n";
}

}  // namespace

std::string waterfall_figure(const std::vector<link::Term>& terms, double total_bits,
                             std::string_view title, std::string_view id, Values values,
                             Table shown) {
  const Waterfall waterfall = waterfall_of(terms, total_bits, values);
  const ChartText text{
      std::string(id), std::string(title),
      fmt::format("{} pieces of evidence in bits, each bar beginning where the last ended; "
                  "together {} bits.",
                  terms.size(), signed_bits(total_bits))};
  return figure(text, waterfall_svg(waterfall, text), terms_table(waterfall), shown);
}

std::string explanation_body(const link::Explanation& explanation, std::string_view id,
                             Values values, Table shown) {
  std::string out = paragraph(verdict_in_words(explanation.total_bits, explanation.probability));
  out += waterfall_figure(explanation.terms, explanation.total_bits,
                          "Evidence for and against, in bits", id, values, shown);
  if (!explanation.blocking.empty()) {
    HtmlTable table("What brought the two together", {{"Rule"}, {"Compared"}, {"Why"}});
    for (const link::Reason& reason : explanation.blocking) {
      table.row({escaped(reason.rule), reason.together ? "yes" : "no", escaped(reason.words)});
    }
    out += table.html();
  }
  if (!explanation.clustering.empty()) out += "<p><strong>What decided</strong></p>\n";
  return out + list(explanation.clustering);
}

std::string explanation_page(const link::Explanation& explanation, Values values) {
  Page page;
  page.kind = "Explanation of a pair";
  page.title = explanation.record_a + " and " + explanation.record_b;
  page.lead = fmt::format("<p class=\"lead\">The run says: {}. A person decides.</p>\n{}",
                          decision_in_words(explanation.decision), masking_note(values));
  page.sections.push_back({"evidence", "Evidence",
                           explanation_body(explanation, "evidence-chart", values, Table::open)});
  return render(page);
}

std::string explanation_page(const link::EntityExplanation& explanation, Values values) {
  Page page;
  page.kind = "Explanation of a proposed entity";
  page.title = "Proposed entity " + explanation.entity;
  page.lead = fmt::format(
      "<p class=\"lead\">{} may speak of one person. A person must confirm it.</p>\n"
      "<p>{}</p>\n{}",
      counted(explanation.records.size(), "record", "records"), record_list(explanation.records),
      masking_note(values));
  std::string steps;
  for (std::size_t i = 0; i < explanation.steps.size(); ++i) {
    const link::MergeStep& step = explanation.steps[i];
    steps += fmt::format("<article>\n<h3>Step {}</h3>\n<p>{} joins {}</p>\n", i + 1,
                         record_list(step.records_a), record_list(step.records_b));
    steps += paragraph(verdict_in_words(step.bits, step.probability));
    steps += waterfall_figure(step.terms, step.bits, fmt::format("Evidence of step {}", i + 1),
                              fmt::format("step-{}", i + 1), values);
    steps += "</article>\n";
  }
  if (steps.empty()) steps = paragraph("The entity is a single record; nothing was joined.");
  page.sections.push_back({"steps", "How it was built", steps});
  if (!explanation.weakest.empty()) {
    page.sections.push_back({"weakest", "What would split it", paragraph(explanation.weakest)});
  }
  if (!explanation.nearest.empty()) {
    page.sections.push_back({"nearest", "Nearest other entities", list(explanation.nearest)});
  }
  return render(page);
}

}  // namespace clew::report
