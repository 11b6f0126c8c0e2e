#include "cli/explain_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/terminal.h"
#include "link/explain.h"
#include "report/explanation_html.h"
#include "report/explanation_json.h"
#include "report/explanation_terminal.h"

namespace clew::cli {
namespace {

constexpr std::uint32_t kNone = ~0U;
constexpr std::size_t kSourcesNamed = 5;

// The record of that source and id, or kNone.
std::uint32_t record_of(const link::Records& records, std::string_view source,
                        std::string_view id) {
  const std::uint32_t wanted = records.ids.find(id);
  if (wanted == 0) return kNone;
  for (std::uint32_t r = 0; r < records.count(); ++r) {
    if (records.id[r] == wanted && records.sources[records.source[r]] == source) return r;
  }
  return kNone;
}

std::vector<std::uint32_t> records_with_id(const link::Records& records, std::string_view id) {
  const std::uint32_t wanted = records.ids.find(id);
  std::vector<std::uint32_t> found;
  for (std::uint32_t r = 0; wanted != 0 && r < records.count(); ++r) {
    if (records.id[r] == wanted) found.push_back(r);
  }
  return found;
}

// The entity of that id, or that of a record.
Result<std::uint32_t> find_entity(const formats::Compared& compared,
                                  const std::vector<std::string>& ids, const std::string& name) {
  const auto at = std::find(ids.begin(), ids.end(), name);
  if (!name.empty() && at != ids.end()) return static_cast<std::uint32_t>(at - ids.begin());
  const auto record = find_record(compared.records, name);
  if (record) return compared.outcome.entity[*record];
  if (record.error().code != ErrorCode::not_found) return tl::unexpected(record.error());
  return fail(ErrorCode::not_found,
              fmt::format("no entity and no record is called {}; entities.csv lists them", name));
}

template <typename Explanation>
Result<int> show(const ExplainArguments& arguments, const Explanation& explanation) {
  const report::Values values =
      arguments.show_values ? report::Values::shown : report::Values::masked;
  if (arguments.json) {
    TRY(print(report::write_json(report::to_json(explanation, values))));
    return 0;
  }
  if (arguments.html.empty()) {
    TRY(print(report::to_terminal(explanation, output_style(arguments.colour, values))));
    return 0;
  }
  TRY(write_page(arguments.html, report::explanation_page(explanation, values)));
  return 0;
}

}  // namespace

Result<std::uint32_t> find_record(const link::Records& records, const std::string& name) {
  // Sources and ids may hold colons themselves: every one may be the one that divides.
  for (std::size_t colon = name.find(':'); colon != std::string::npos;
       colon = name.find(':', colon + 1)) {
    const std::string_view whole = name;
    const std::uint32_t record =
        record_of(records, whole.substr(0, colon), whole.substr(colon + 1));
    if (record != kNone) return record;
  }
  const std::vector<std::uint32_t> found = records_with_id(records, name);
  if (found.size() == 1) return found[0];
  if (found.empty()) {
    return fail(ErrorCode::not_found, fmt::format("no record is called {}; entities.csv lists them "
                                                  "as source and record_id",
                                                  name));
  }
  std::string sources;
  for (std::size_t i = 0; i < std::min(found.size(), kSourcesNamed); ++i) {
    sources += (i == 0 ? "" : ", ") + records.sources[records.source[found[i]]];
  }
  return fail(
      ErrorCode::invalid_input,
      fmt::format("{} sources have a record called {} ({}{}); write source:record_id", found.size(),
                  name, sources, found.size() > kSourcesNamed ? ", ..." : ""));
}

Result<int> explain_command(const ExplainArguments& arguments) {
  const formats::Compared compared = TRY(formats::read_compared(arguments.folder));
  const link::Model model =
      TRY(formats::read_model(arguments.folder + "/model.json", compared.records));
  link::Explainer explainer(compared.records, model, compared.outcome);
  if (arguments.what.size() == 1) {
    const auto ids = formats::entity_ids(compared.records, compared.outcome.entity);
    const std::uint32_t entity = TRY(find_entity(compared, ids, arguments.what[0]));
    link::EntityExplanation explanation = explainer.entity(entity);
    explanation.entity = ids[entity];
    return show(arguments, explanation);
  }
  const std::uint32_t a = TRY(find_record(compared.records, arguments.what[0]));
  const std::uint32_t b = TRY(find_record(compared.records, arguments.what[1]));
  if (a == b) return fail(ErrorCode::invalid_input, "that is the same record twice");
  return show(arguments, explainer.pair(a, b));
}

}  // namespace clew::cli
