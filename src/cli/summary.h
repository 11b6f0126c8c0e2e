// The summary of a linking run: summary.json, and the same in plain words for a terminal.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "formats/prepare.h"
#include "formats/recognise.h"
#include "formats/settings.h"
#include "link/link.h"
#include "report/json.h"
#include "report/link_report.h"

namespace clew::cli {

// Views and references are only read during a call.
struct RunView {
  const formats::Settings& settings;
  const formats::Recognition& recognition;
  const formats::Prepared& prepared;  // its problems and rejected rows are those of the whole run
  const link::Outcome& outcome;
  std::span<const report::SourceSummary> sources;
  const std::vector<std::string>& entity_ids;  // formats::entity_ids
};

// Deterministic: no time, no number of threads, no path beyond the files as they were named.
report::Json summary_json(const RunView& run);

// What a person wants to know first; the folder is where the report lies.
std::string summary_text(const RunView& run, const std::string& folder);

}  // namespace clew::cli
