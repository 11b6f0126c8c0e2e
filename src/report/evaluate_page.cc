#include "report/evaluate_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/chart.h"
#include "report/explanation_html.h"
#include "report/page.h"

namespace clew::report {
namespace {

using link::Evaluation;

std::string rate(double value) { return fmt::format("{:.4f}", value); }

double probability_of(double bits) { return 1 / (1 + std::exp2(-bits)); }

// The rows that the page and the text share: a name, expected where there is such a figure,
// observed.
struct Comparison {
  std::string name, expected, observed;
};

std::vector<Comparison> expectations(const Evaluation& e) {
  return {{"wrong links among all links", percent(e.wrong_expected), percent(e.wrong_observed)},
          {"missed links among all true links", percent(e.missed_expected),
           percent(e.missed_observed)}};
}

std::vector<std::pair<std::string, std::string>> counts(const Evaluation& e) {
  return {{"entities found", grouped(e.entities_found)},
          {"entities in truth", grouped(e.entities_true)},
          {"entities found exactly", grouped(e.entities_exact)},
          {"largest entity found, records", grouped(e.largest_found)},
          {"largest entity in truth, records", grouped(e.largest_true)},
          {"links found", grouped(e.pairs_found)},
          {"true links", grouped(e.pairs_true)},
          {"links that are right", grouped(e.pairs_right)},
          {"true links with a kept score", grouped(e.true_pairs_scored)},
          {"true links scored too low to keep", grouped(e.true_pairs_dropped)},
          {"true links never compared", grouped(e.true_pairs_lost)}};
}

double lost_share(const Evaluation& e) {
  return e.pairs_true > 0
             ? static_cast<double>(e.true_pairs_lost) / static_cast<double>(e.pairs_true)
             : 0;
}

std::string score_in_words(const link::PairError& error) {
  if (!error.scored) return "no kept score";
  return fmt::format("{} bits, probability {:.4g}", signed_bits(error.bits),
                     probability_of(error.bits));
}

Section brief_section(const Evaluation& e) {
  HtmlTable rates("How right the proposed entities are", {{"Measure"},
                                                          {"Precision", Align::figure},
                                                          {"Recall", Align::figure},
                                                          {"F1", Align::figure}});
  rates.row({"pairs of records", rate(e.pairwise.precision), rate(e.pairwise.recall),
             rate(e.pairwise.f1)});
  rates.row(
      {"B-cubed, per record", rate(e.bcubed.precision), rate(e.bcubed.recall), rate(e.bcubed.f1)});
  std::string body = rates.html();
  body += paragraph(
      "Precision: what part of the proposed links is right. Recall: what part of the "
      "true links was found. By pairs, a large entity weighs more than a small one; "
      "B-cubed gives every record the same weight.");
  HtmlTable expected("What the run expected of itself, and what came true",
                     {{"Share"}, {"Expected", Align::figure}, {"Observed", Align::figure}});
  for (const Comparison& c : expectations(e)) expected.row({c.name, c.expected, c.observed});
  return {"rates", "How right it is", body + expected.html()};
}

Section calibration_section(const Evaluation& e) {
  std::vector<CalibrationMark> marks;
  HtmlTable table("Bins of equal count", {{"Bin"},
                                          {"From", Align::figure},
                                          {"To", Align::figure},
                                          {"Predicted", Align::figure},
                                          {"Observed", Align::figure},
                                          {"Pairs", Align::figure}});
  for (const link::ReliabilityBin& bin : e.bins) {
    const double pairs = static_cast<double>(bin.pairs);
    const Interval interval = share_interval(bin.observed * pairs, pairs);
    marks.push_back({bin.predicted, bin.observed, interval.low, interval.high});
    table.row({fmt::format("{}", marks.size()), rate(bin.low), rate(bin.high), rate(bin.predicted),
               rate(bin.observed), grouped(bin.pairs)});
  }
  std::string body = paragraph(fmt::format(
      "Of pairs with a probability of 0.8, eight in ten should be one person. The expected "
      "calibration error is {}, over {} scored pairs with a probability of 0.01 and more, before "
      "clustering, in {} bins of equal count.",
      rate(e.calibration_error), grouped(e.pairs_calibrated), e.bins.size()));
  if (marks.empty()) return {"calibration", "Whether the probabilities hold", body};
  const ChartText text{"calibration-chart", "Predicted probability and observed share",
                       "One dot for each bin of equal count, with an interval of 95%; on the "
                       "diagonal the prediction holds."};
  return {"calibration", "Whether the probabilities hold",
          body + figure(text, calibration_svg(marks, text), table.html())};
}

Section counts_section(const Evaluation& e) {
  HtmlTable table("Entities and links", {{"What"}, {"Number", Align::figure}});
  for (const auto& [name, number] : counts(e)) table.row({name, number});
  return {
      "counts", "Entities, and what was never compared",
      paragraph(fmt::format("{} of {} records have a known truth; all figures count these only. "
                            "{} of the true links were never compared.",
                            grouped(e.records_known), grouped(e.records), percent(lost_share(e)))) +
          table.html()};
}

Section errors_section(const EvaluationView& view, const std::vector<link::PairError>& errors,
                       const Section& frame, Values values) {
  if (errors.empty()) return {frame.id, frame.title, paragraph("There are none.")};
  std::string body = frame.body;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const link::PairError& error = errors[i];
    body += fmt::format("<article>\n<h3>{} and {}<span class=\"tag\">{}</span></h3>\n",
                        isolated(view.name(error.a)), isolated(view.name(error.b)),
                        score_in_words(error));
    if (view.explain) {
      body += explanation_body(view.explain(error.a, error.b),
                               fmt::format("{}-{}", frame.id, i + 1), values);
    }
    body += "</article>\n";
  }
  return {frame.id, frame.title, body};
}

Json errors_json(const EvaluationView& view, const std::vector<link::PairError>& errors) {
  Json::Array out;
  for (const link::PairError& error : errors) {
    out.push_back(
        Json::Object{{"record_a", view.name(error.a)},
                     {"record_b", view.name(error.b)},
                     {"bits", error.scored ? Json(error.bits) : Json()},
                     {"probability", error.scored ? Json(probability_of(error.bits)) : Json()}});
  }
  return out;
}

Json rates_json(const link::Rates& rates) {
  return Json::Object{{"precision", rates.precision}, {"recall", rates.recall}, {"f1", rates.f1}};
}

std::string errors_text(const EvaluationView& view, std::string_view title,
                        const std::vector<link::PairError>& errors, const TerminalStyle& style) {
  if (errors.empty()) return "";
  std::string out = fmt::format("\n{}\n", title);
  for (const link::PairError& error : errors) {
    out += fmt::format("  {}  and  {}: {}\n", plain(view.name(error.a)), plain(view.name(error.b)),
                       score_in_words(error));
  }
  if (view.explain) out += "\n" + to_terminal(view.explain(errors[0].a, errors[0].b), style);
  return out;
}

}  // namespace

Interval share_interval(double part, double whole) {
  if (!(whole > 0)) return {};
  constexpr double kZ = 1.959964;  // 95%, two-sided
  const double share = part / whole, z2 = kZ * kZ / whole;
  const double middle = (share + z2 / 2) / (1 + z2);
  const double half = kZ / (1 + z2) * std::sqrt(share * (1 - share) / whole + z2 / (4 * whole));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::string evaluation_page(const EvaluationView& view, Values values) {
  const Evaluation& e = view.evaluation;
  Page page;
  page.kind = "Evaluation against a known truth";
  page.title = fmt::format("{} proposed entities, {} in truth", grouped(e.entities_found),
                           grouped(e.entities_true));
  page.lead = fmt::format(
      "<p class=\"lead\">Of the proposed links {} are right; of the true links {} were "
      "found.</p>\n",
      percent(e.pairwise.precision), percent(e.pairwise.recall));
  page.sections = {brief_section(e), calibration_section(e), counts_section(e)};
  page.sections.push_back(errors_section(
      view, e.worst_wrong,
      {"wrong", "The worst wrong links",
       paragraph("Records of different people in one proposed entity, highest score first, one "
                 "pair from each entity.")},
      values));
  page.sections.push_back(errors_section(
      view, e.worst_missed,
      {"missed", "The worst missed links",
       paragraph("Records of one person in different entities: those without a kept score first, "
                 "then the lowest scores, one pair of each person.")},
      values));
  return render(page);
}

std::string evaluation_text(const EvaluationView& view, const TerminalStyle& style) {
  const Evaluation& e = view.evaluation;
  std::string out = fmt::format("{} of {} records have a known truth.\n\n",
                                grouped(e.records_known), grouped(e.records));
  out += fmt::format("{:<36}{:>11}{:>9}{:>9}\n", "", "precision", "recall", "F1");
  out += fmt::format("{:<36}{:>11}{:>9}{:>9}\n", "pairs of records", rate(e.pairwise.precision),
                     rate(e.pairwise.recall), rate(e.pairwise.f1));
  out += fmt::format("{:<36}{:>11}{:>9}{:>9}\n\n", "B-cubed, per record", rate(e.bcubed.precision),
                     rate(e.bcubed.recall), rate(e.bcubed.f1));
  out += fmt::format("{:<36}{:>11}{:>9}\n", "", "expected", "observed");
  for (const Comparison& c : expectations(e)) {
    out += fmt::format("{:<36}{:>11}{:>9}\n", c.name, c.expected, c.observed);
  }
  out += "\n";
  for (const auto& [name, number] : counts(e)) out += fmt::format("{:<36}{:>11}\n", name, number);
  out += fmt::format("\nexpected calibration error {} over {} pairs\n", rate(e.calibration_error),
                     grouped(e.pairs_calibrated));
  if (!e.bins.empty()) out += fmt::format("{:>11}{:>10}{:>10}\n", "predicted", "observed", "pairs");
  for (const link::ReliabilityBin& bin : e.bins) {
    out += fmt::format("{:>11}{:>10}{:>10}\n", rate(bin.predicted), rate(bin.observed),
                       grouped(bin.pairs));
  }
  out += errors_text(view, "Worst wrong links", e.worst_wrong, style);
  return out + errors_text(view, "Worst missed links", e.worst_missed, style);
}

Json evaluation_json(const EvaluationView& view) {
  const Evaluation& e = view.evaluation;
  Json::Array bins;
  for (const link::ReliabilityBin& bin : e.bins) {
    bins.push_back(Json::Object{{"low", bin.low},
                                {"high", bin.high},
                                {"predicted", bin.predicted},
                                {"observed", bin.observed},
                                {"pairs", bin.pairs}});
  }
  return Json::Object{
      {"records", e.records},
      {"records_known", e.records_known},
      {"pairwise", rates_json(e.pairwise)},
      {"bcubed", rates_json(e.bcubed)},
      {"pairs",
       Json::Object{{"found", e.pairs_found}, {"true", e.pairs_true}, {"right", e.pairs_right}}},
      {"entities", Json::Object{{"found", e.entities_found},
                                {"true", e.entities_true},
                                {"exact", e.entities_exact},
                                {"largest_found", e.largest_found},
                                {"largest_true", e.largest_true}}},
      {"wrong_links", Json::Object{{"expected", e.wrong_expected}, {"observed", e.wrong_observed}}},
      {"missed_links",
       Json::Object{{"expected", e.missed_expected}, {"observed", e.missed_observed}}},
      {"true_pairs", Json::Object{{"scored", e.true_pairs_scored},
                                  {"scored_too_low_to_keep", e.true_pairs_dropped},
                                  {"never_compared", e.true_pairs_lost}}},
      {"calibration", Json::Object{{"error", e.calibration_error},
                                   {"pairs", e.pairs_calibrated},
                                   {"bins", std::move(bins)}}},
      {"worst_wrong", errors_json(view, e.worst_wrong)},
      {"worst_missed", errors_json(view, e.worst_missed)}};
}

}  // namespace clew::report
