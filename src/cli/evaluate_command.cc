#include "cli/evaluate_command.h"

#include <fmt/format.h>

#include "base/threads.h"
#include "cli/terminal.h"
#include "cli/truth.h"
#include "formats/link_folder.h"
#include "link/compared_pairs.h"
#include "link/evaluate.h"
#include "link/explain.h"
#include "report/evaluate_page.h"

namespace clew::cli {
namespace {

// Evaluates twice: the first time to learn which pairs without a score matter, the second with the
// answer whether each was compared.
link::Evaluation evaluate(const formats::Compared& compared, const Truth& truth) {
  link::EvaluationInput input;
  input.entity = compared.outcome.entity;
  input.truth = truth.label;
  input.edges = compared.outcome.edges;
  input.estimates = compared.outcome.estimates;
  std::vector<link::RecordPair> asked;
  input.was_compared = [&](std::uint32_t a, std::uint32_t b) {
    asked.emplace_back(a, b);
    return false;
  };
  link::Evaluation first = link::evaluate(input);
  if (asked.empty()) return first;
  const std::vector<std::uint8_t> answers =
      link::were_compared(compared.records, compared.outcome.blocking, asked, processors());
  std::size_t next = 0;  // the pairs are asked for in the same order again
  input.was_compared = [&](std::uint32_t, std::uint32_t) { return answers[next++] != 0; };
  return link::evaluate(input);
}

}  // namespace

Result<int> evaluate_command(const EvaluateArguments& arguments) {
  const formats::Compared compared = TRY(formats::read_compared(arguments.folder));
  const Truth truth = TRY(read_truth(compared, arguments.truth));
  const link::Model model =
      TRY(formats::read_model(arguments.folder + "/model.json", compared.records));
  const link::Evaluation evaluation = evaluate(compared, truth);
  link::Explainer explainer(compared.records, model, compared.outcome);
  const report::EvaluationView view{
      evaluation, [&](std::uint32_t record) { return explainer.name(record); },
      [&](std::uint32_t a, std::uint32_t b) { return explainer.pair(a, b); }};
  const report::Values values =
      arguments.show_values ? report::Values::shown : report::Values::masked;
  if (!arguments.html.empty()) {
    TRY(write_page(arguments.html, report::evaluation_page(view, values)));
  }
  if (truth.rows_unmatched > 0) {
    print_error(fmt::format("clew: {} of the truth name no linked record\n",
                            report::counted(truth.rows_unmatched, "row", "rows")));
  }
  TRY(print(arguments.json
                ? report::write_json(report::evaluation_json(view))
                : report::evaluation_text(view, output_style(arguments.colour, values))));
  return 0;
}

}  // namespace clew::cli
