// The report of a linking run: one page that says what was read, what was found, and why.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "formats/prepare.h"
#include "formats/recognise.h"
#include "link/link.h"
#include "report/words.h"

namespace clew::report {

// What became of one input file.
struct SourceSummary {
  std::string file;
  std::string source;
  std::string format;  // "CSV, comma, UTF-8"
  std::uint64_t rows = 0;
  std::uint64_t rejected = 0;
};

// Views and references are only read during the call.
struct LinkReportInput {
  const link::Records& records;
  const link::Outcome& outcome;
  const formats::Recognition& recognition;
  std::span<const SourceSummary> sources;
  std::span<const table::Problem> problems;
  std::span<const formats::Placeholder> placeholders;
  double wrong_links_asked = 0.05;
  // Explains the entity whose lowest record number is given: link::explain_entity, bound.
  std::function<link::EntityExplanation(std::uint32_t)> explain;
  Values values = Values::masked;
};

// The complete page. Same input, same bytes. Cost: one pass over the records, ten explanations.
std::string link_report(const LinkReportInput& input);

// An entity worth showing, and why it was chosen.
struct Example {
  std::uint32_t entity = 0;  // its lowest record number
  std::string why;
};

// Up to `count` entities of two records and more: the largest, those that join most sources, those
// with the weakest join, and ordinary ones; no entity twice. Ties go to the lowest record number.
std::vector<Example> choose_examples(const link::Records& records, const link::Outcome& outcome,
                                     std::size_t count);

}  // namespace clew::report
