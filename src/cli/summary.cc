#include "cli/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "formats/field_spec.h"
#include "report/words.h"

namespace clew::cli {
namespace {

using report::Json;

constexpr std::size_t kProblemsShown = 10;
constexpr std::size_t kPlaceholdersShown = 10;
constexpr std::size_t kNameWidthMax = 28;
constexpr std::size_t kWidth = 90;  // of paragraphs

Json number(std::uint64_t n) { return Json(n); }

std::map<std::uint64_t, std::uint64_t> sizes_of(const std::vector<std::uint32_t>& entity) {
  std::vector<std::uint32_t> size(entity.size(), 0);
  for (const std::uint32_t e : entity) ++size[e];
  std::map<std::uint64_t, std::uint64_t> sizes;
  for (const std::uint32_t s : size) {
    if (s > 0) ++sizes[s];
  }
  return sizes;
}

Json sources_json(const RunView& run) {
  Json::Array list;
  for (const report::SourceSummary& source : run.sources) {
    list.emplace_back(Json::Object{{"file", source.file},
                                   {"source", source.source},
                                   {"format", source.format},
                                   {"rows", source.rows},
                                   {"rejected", source.rejected}});
  }
  return list;
}

Json columns_json(const RunView& run) {
  Json::Array list;
  for (const formats::ColumnGuess& guess : run.recognition.columns) {
    list.emplace_back(Json::Object{{"source", guess.table},
                                   {"column", guess.column},
                                   {"role", formats::role_name(guess.role)},
                                   {"field", guess.field},
                                   {"reasons", Json::strings(guess.reasons)}});
  }
  return list;
}

Json fields_json(const formats::Settings& settings) {
  Json::Array list;
  for (const formats::FieldSetting& field : settings.fields) {
    Json::Array columns;
    for (const formats::FieldSetting::Column& column : field.columns) {
      columns.emplace_back(Json::Object{{"source", column.table}, {"column", column.column}});
    }
    list.emplace_back(Json::Object{{"name", field.spec.name},
                                   {"role", formats::role_name(field.spec.role)},
                                   {"comparison", formats::comparison_name(field.spec.comparison)},
                                   {"columns", std::move(columns)}});
  }
  return list;
}

// Settings that can change the result; the number of threads cannot.
Json settings_json(const formats::Settings& settings) {
  const link::Options& options = settings.options;
  const bool components = options.clustering == link::Clustering::components;
  Json::Object out{{"wrong_links", options.wrong_links},
                   {"seed", options.seed},
                   {"memory_bytes", options.memory_bytes},
                   {"clustering", components ? "components" : "field_mean"},
                   {"review_low", options.review_low},
                   {"id_column", settings.id_column},
                   {"source_column", settings.source_column},
                   {"truth_column", settings.truth_column},
                   {"unique_sources", Json::strings(settings.unique_sources)},
                   {"today", settings.today},
                   {"default_country", settings.default_country},
                   {"fields", fields_json(settings)}};
  if (components) out.emplace_back("threshold", options.threshold);
  return out;
}

Json blocking_json(const link::BlockingReport& blocking) {
  Json::Array rules, hubs;
  for (const link::RuleReport& rule : blocking.rules) {
    rules.emplace_back(Json::Object{{"rule", rule.rule},
                                    {"pairs", rule.pairs},
                                    {"blocks", rule.blocks},
                                    {"records_in_hubs", rule.records_in_hubs},
                                    {"largest_block", rule.largest_block}});
  }
  for (const link::HubReport& hub : blocking.hubs) {
    hubs.emplace_back(Json::Object{{"rule", hub.rule},
                                   {"records", hub.records},
                                   {"pairs_not_compared", hub.pairs_not_compared},
                                   {"matches_lost", hub.matches_lost}});
  }
  return Json::Object{{"pairs_possible", blocking.pairs_possible},
                      {"pairs_compared", blocking.pairs_compared},
                      {"matches_expected", blocking.matches_expected},
                      {"matches_lost", blocking.matches_lost},
                      {"rules", std::move(rules)},
                      {"hubs", std::move(hubs)}};
}

Json placeholders_json(const RunView& run) {
  Json::Array list;
  for (const formats::Placeholder& placeholder : run.prepared.placeholders) {
    list.emplace_back(Json::Object{{"field", placeholder.field},
                                   {"count", placeholder.count},
                                   {"reason", placeholder.reason}});
  }
  return list;
}

Json decisions_json(const link::Outcome& outcome) {
  std::uint64_t linked = 0, review = 0;
  for (const link::Edge& edge : outcome.edges) {
    linked += edge.decision == link::Decision::linked ? 1 : 0;
    review += edge.decision == link::Decision::review ? 1 : 0;
  }
  return Json::Object{{"linked", linked}, {"review", review}};
}

// The words of the terminal, one method per paragraph. All text in it is report::plain().
class Words {
 public:
  explicit Words(const RunView& run) : run_(run) {}

  std::string text(const std::string& folder) {
    sources();
    columns();
    placeholders();
    problems();
    rejected(folder);
    entities();
    warnings();
    gap();
    line("Report:   {}/report.html", folder);
    line("Entities: {}/entities.csv    Links: {}/links.csv", folder, folder);
    return std::move(out_);
  }

 private:
  template <typename... Values>
  void line(fmt::string_view format, const Values&... values) {
    out_ += report::plain(fmt::vformat(format, fmt::make_format_args(values...))) + "\n";
  }

  void gap() { out_ += '\n'; }

  void sources() {
    line("Read {} from {}:", report::counted(run_.prepared.records.count(), "record", "records"),
         report::counted(run_.sources.size(), "file", "files"));
    for (const report::SourceSummary& source : run_.sources) {
      line("  {}: {} ({})", source.file, report::counted(source.rows, "row", "rows"),
           source.format);
    }
  }

  void columns() {
    std::size_t width = 0;
    for (const formats::ColumnGuess& guess : run_.recognition.columns) {
      width = std::max(width, report::display_width(report::plain(guess.column)));
    }
    width = std::min(width, kNameWidthMax);
    const std::string* table = nullptr;
    for (const formats::ColumnGuess& guess : run_.recognition.columns) {
      if (table == nullptr || *table != guess.table) {
        gap();
        line("How the columns of {} were understood:", guess.table);
      }
      table = &guess.table;
      std::string reasons;
      for (const std::string& reason : guess.reasons) {
        reasons += (reasons.empty() ? "" : "; ") + reason;
      }
      line("  {}  {}  {}", report::fitted(report::plain(guess.column), width),
           report::fitted(report::role_in_words(guess.role), 13), reasons);
    }
    const formats::Settings understood = formats::settings_from(run_.recognition);
    if (settings_differ(understood)) fields();
  }

  bool settings_differ(const formats::Settings& understood) const {
    const auto essence = [](const formats::Settings& settings) {
      return report::write_json(Json::Array{fields_json(settings), settings.id_column,
                                            settings.source_column, settings.truth_column});
    };
    return essence(understood) != essence(run_.settings);
  }

  void fields() {
    gap();
    line("The settings say otherwise. What is compared:");
    const formats::Settings& settings = run_.settings;
    if (!settings.id_column.empty()) line("  record ids are in {}", settings.id_column);
    if (!settings.source_column.empty()) line("  sources are in {}", settings.source_column);
    for (const formats::FieldSetting& field : run_.settings.fields) {
      std::string columns;
      for (const formats::FieldSetting::Column& column : field.columns) {
        columns += (columns.empty() ? "" : ", ") + column.column;
      }
      line("  {} ({}), from {}", field.spec.name, formats::comparison_name(field.spec.comparison),
           columns);
    }
  }

  void placeholders() {
    const auto& all = run_.prepared.placeholders;
    if (all.empty()) return;
    gap();
    line("Taken as not known:");
    for (std::size_t i = 0; i < std::min(all.size(), kPlaceholdersShown); ++i) {
      line("  {} in {}: {}", report::counted(all[i].count, "cell", "cells"), all[i].field,
           all[i].reason);
    }
    if (all.size() > kPlaceholdersShown) {
      line("  and {} more kinds of cells: see the report", all.size() - kPlaceholdersShown);
    }
  }

  void problems() {
    const auto& all = run_.prepared.problems;
    if (all.empty()) return;
    gap();
    line("{} (what was done about it in brackets):",
         report::counted(all.size(), "problem", "problems"));
    for (std::size_t i = 0; i < std::min(all.size(), kProblemsShown); ++i) {
      const table::Problem& problem = all[i];
      const std::string column = problem.column.empty() ? "" : ", column " + problem.column;
      line("  {}, line {}{}: {} ({})", problem.file, problem.line, column, problem.what,
           problem.done);
    }
    if (all.size() > kProblemsShown) {
      line("  and {} more: see the report", report::grouped(all.size() - kProblemsShown));
    }
  }

  void rejected(const std::string& folder) {
    const std::size_t count = run_.prepared.rejected.size();
    if (count == 0) return;
    gap();
    line("{} could not be used; each stands with its reason in {}/rejected.csv",
         report::counted(count, "row", "rows"), folder);
  }

  void entities() {
    const auto sizes = sizes_of(run_.outcome.entity);
    std::uint64_t several = 0, inside = 0;
    for (const auto& [size, count] : sizes) {
      if (size == 1) continue;
      several += count;
      inside += size * count;
    }
    gap();
    if (several == 0) {
      line("No two records are proposed as one child.");
    } else {
      line("Proposed: {} {} records (the largest has {}).",
           report::counted(several, "entity that joins", "entities that join"),
           report::grouped(inside), report::grouped(sizes.rbegin()->first));
    }
    const link::Estimates& estimates = run_.outcome.estimates;
    if (run_.settings.options.clustering == link::Clustering::field_mean && several > 0) {
      line("Expected: {} of the pairs inside them are wrong (you accept {}).",
           report::percent(estimates.wrong_share),
           report::percent(run_.settings.options.wrong_links));
    }
    if (estimates.missed_share > 0) {
      line("Expected: {} of the pairs that are one child are missed.",
           report::percent(estimates.missed_share));
    }
    line("Every entity is a proposal for a person to decide.");
  }

  void warnings() {
    for (const std::string& warning : run_.outcome.warnings) {
      gap();
      for (const std::string& part : report::wrapped("Warning: " + warning, kWidth)) {
        line("{}", part);
      }
    }
  }

  const RunView& run_;
  std::string out_;
};

}  // namespace

Json summary_json(const RunView& run) {
  const auto sizes = sizes_of(run.outcome.entity);
  std::uint64_t entities = 0;
  Json::Array size_list;
  for (const auto& [size, count] : sizes) {
    entities += count;
    size_list.emplace_back(Json::Object{{"size", number(size)}, {"entities", number(count)}});
  }
  const link::Estimates& estimates = run.outcome.estimates;
  return Json::Object{
      {"records", number(run.prepared.records.count())},
      {"entities", number(entities)},
      {"largest_entity", number(sizes.empty() ? 0 : sizes.rbegin()->first)},
      {"entity_sizes", std::move(size_list)},
      {"pairs_inside", estimates.pairs_inside},
      {"wrong_share", estimates.wrong_share},
      {"missed_share", estimates.missed_share},
      {"threshold_bits", estimates.threshold_bits},
      {"links", decisions_json(run.outcome)},
      {"problems", number(run.prepared.problems.size())},
      {"rejected", number(run.prepared.rejected.size())},
      {"warnings", Json::strings(run.outcome.warnings)},
      {"sources", sources_json(run)},
      {"columns", columns_json(run)},
      {"placeholders", placeholders_json(run)},
      {"blocking", blocking_json(run.outcome.blocking)},
      {"settings", settings_json(run.settings)},
  };
}

std::string summary_text(const RunView& run, const std::string& folder) {
  return Words(run).text(folder);
}

}  // namespace clew::cli
