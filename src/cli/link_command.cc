#include "cli/link_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/threads.h"
#include "cli/progress.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "formats/link_folder.h"
#include "formats/prepare.h"
#include "formats/recognise.h"
#include "formats/settings.h"
#include "link/explain.h"
#include "report/link_report.h"
#include "table/read.h"

namespace clew::cli {
namespace {

// What is known of the input once the tables are consumed.
struct Input {
  std::vector<table::Table> tables;
  std::vector<report::SourceSummary> sources;
  std::vector<table::Problem> problems;
  std::vector<table::Rejected> rejected;
};

Result<Input> read_input(const std::vector<std::string>& files, const Progress& progress) {
  Input input;
  input.tables = TRY(table::read_tables(files, {}, progress));
  for (table::Table& table : input.tables) {
    input.sources.push_back(
        {table.file, table.source, table.format, table.rows(), table.rejected.size()});
    std::move(table.problems.begin(), table.problems.end(), std::back_inserter(input.problems));
    std::move(table.rejected.begin(), table.rejected.end(), std::back_inserter(input.rejected));
    table.problems.clear();
    table.rejected.clear();
  }
  return input;
}

// Puts what was found while reading beside what was found while preparing, in the order of files
// and lines.
void add_reading(Input* input, formats::Prepared* prepared) {
  for (const table::Rejected& row : prepared->rejected) {
    for (report::SourceSummary& source : input->sources) {
      if (source.file == row.file) ++source.rejected;
    }
  }
  std::move(input->problems.begin(), input->problems.end(), std::back_inserter(prepared->problems));
  std::move(input->rejected.begin(), input->rejected.end(), std::back_inserter(prepared->rejected));
  std::stable_sort(prepared->problems.begin(), prepared->problems.end(),
                   [](const table::Problem& a, const table::Problem& b) {
                     return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
                   });
  std::stable_sort(prepared->rejected.begin(), prepared->rejected.end(),
                   [](const table::Rejected& a, const table::Rejected& b) {
                     return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                   });
}

void apply(const LinkArguments& arguments, link::Options* options) {
  // The library's default is one thread; a person who says nothing wants all processors.
  if (options->threads == link::Options().threads && !arguments.print_settings) {
    options->threads = processors();
  }
  options->threads = arguments.threads.value_or(options->threads);
  options->wrong_links = arguments.wrong_links.value_or(options->wrong_links);
  options->memory_bytes = arguments.memory_bytes.value_or(options->memory_bytes);
  options->seed = arguments.seed.value_or(options->seed);
  options->clustering = arguments.clustering.value_or(options->clustering);
  options->threshold = arguments.threshold.value_or(options->threshold);
}

Result<formats::Settings> settings_of(const LinkArguments& arguments,
                                      const formats::Recognition& recognition) {
  formats::Settings settings = arguments.settings.empty()
                                   ? formats::settings_from(recognition)
                                   : TRY(formats::read_settings(arguments.settings, recognition));
  apply(arguments, &settings.options);
  return settings;
}

std::string report_of(const RunView& run, report::Values values) {
  const link::Records& records = run.prepared.records;
  link::Explainer explainer(records, run.outcome.model, run.outcome);
  const report::LinkReportInput input{records,
                                      run.outcome,
                                      run.recognition,
                                      run.sources,
                                      run.prepared.problems,
                                      run.prepared.placeholders,
                                      run.settings.options.wrong_links,
                                      [&](std::uint32_t entity) {
                                        auto explanation = explainer.entity(entity);
                                        explanation.entity = run.entity_ids[entity];
                                        return explanation;
                                      },
                                      values};
  return report::link_report(input);
}

Result<void> write_result(const LinkArguments& arguments, const RunView& run,
                          const report::Json& summary, formats::LinkFolderWriter* writer) {
  const link::Records& records = run.prepared.records;
  const formats::Provenance provenance{arguments.files, run.settings.id_column,
                                       run.settings.source_column, run.settings.truth_column};
  TRY(writer->add_entities(records, run.outcome, run.entity_ids));
  TRY(writer->add_links(records, run.outcome));
  TRY(writer->add_rejected(run.prepared.rejected));
  TRY(writer->add_compared(records, run.outcome, provenance));
  TRY(writer->add_text("model.json", link::model_to_json(run.outcome.model)));
  TRY(writer->add_text(
      "report.html",
      report_of(run, arguments.show_values ? report::Values::shown : report::Values::masked)));
  TRY(writer->add_text("summary.json", report::write_json(summary)));
  return writer->finish();
}

// The rest of a run, from recognised tables to the result.
Result<int> link_input(const LinkArguments& arguments, Input input,
                       formats::LinkFolderWriter writer, ProgressLine* line) {
  const Progress progress = line->progress();
  if (progress) progress("recognising columns", 0, 0);
  const formats::Recognition recognition = formats::recognise(input.tables);
  const formats::Settings settings = TRY(settings_of(arguments, recognition));
  if (progress) progress("preparing records", 0, 0);
  formats::Prepared prepared = TRY(formats::prepare(std::move(input.tables), settings));
  add_reading(&input, &prepared);
  std::optional<link::Model> model;
  if (!arguments.model.empty()) {
    model = TRY(formats::read_model(arguments.model, prepared.records));
  }
  const link::Outcome outcome =
      TRY(link::link(prepared.records, settings.options, model ? &*model : nullptr, progress));
  if (progress) progress("writing the result", 0, 0);
  const std::vector<std::string> ids = formats::entity_ids(prepared.records, outcome.entity);
  const RunView run{settings, recognition, prepared, outcome, input.sources, ids};
  const report::Json summary = summary_json(run);
  TRY(write_result(arguments, run, summary, &writer));
  line->clear();
  TRY(print(arguments.json ? report::write_json(summary) : summary_text(run, arguments.out)));
  return prepared.rejected.empty() ? 0 : 1;
}

Result<int> print_settings(const LinkArguments& arguments, const Input& input, ProgressLine* line) {
  const formats::Recognition recognition = formats::recognise(input.tables);
  const formats::Settings settings = TRY(settings_of(arguments, recognition));
  line->clear();
  TRY(print(formats::write_settings(settings, recognition)));
  return 0;
}

}  // namespace

Result<int> link_command(const LinkArguments& arguments) {
  ProgressLine line;
  if (arguments.print_settings) {
    return print_settings(arguments, TRY(read_input(arguments.files, line.progress())), &line);
  }
  // Before any work: an hour of linking must not end at a folder that cannot be written.
  formats::LinkFolderWriter writer = TRY(formats::LinkFolderWriter::open(arguments.out));
  Input input = TRY(read_input(arguments.files, line.progress()));
  return link_input(arguments, std::move(input), std::move(writer), &line);
}

}  // namespace clew::cli
