// link(): the whole main job on prepared records: block, train, score, cluster, estimate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "link/explanation.h"
#include "link/model.h"
#include "link/options.h"
#include "link/records.h"

namespace clew::link {

// A scored pair that was worth keeping: record numbers with a < b.
struct Edge {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double bits = 0;  // log2 odds, prior included
  Decision decision = Decision::apart;
};

struct RuleReport {
  std::string rule;         // "family_name + birth_date:year"
  std::uint64_t pairs = 0;  // pairs that it gave, before duplicates across rules are dropped
  std::uint64_t blocks = 0;
  std::uint64_t records_in_hubs = 0;  // records in blocks too large to compare under this rule
  std::uint64_t largest_block = 0;
};

// A block too large to compare whole, split by further keys. No value is named.
struct HubReport {
  std::string rule;
  std::uint64_t records = 0;
  std::uint64_t pairs_not_compared = 0;
  double matches_lost = 0;  // expected number of true links among them
};

struct BlockingReport {
  std::vector<RuleReport> rules;
  std::vector<HubReport> hubs;       // the largest 20
  std::uint32_t block_max = 0;       // largest block compared whole
  std::uint64_t pairs_compared = 0;  // distinct
  double pairs_possible = 0;
  double matches_expected = 0;  // by the model, among the compared pairs
  double matches_lost = 0;      // expected outside them
};

// One merge of the clustering, in the order made; enough to redraw how an entity came about.
struct Merge {
  std::uint32_t a = 0;  // lowest record number of each side
  std::uint32_t b = 0;
  double bits = 0;
};

struct CalibrationBin {
  double low = 0, high = 0;  // of the probability
  std::uint64_t pairs = 0;
};

struct Estimates {
  double wrong_share = 0;     // expected share of wrong pairs inside entities
  double missed_share = 0;    // expected share of true pairs that are in no entity
  double pairs_inside = 0;    // pairs inside entities
  double threshold_bits = 0;  // where merging stopped
};

struct Outcome {
  std::vector<std::uint32_t> entity;  // per record: the lowest record number of its entity
  std::vector<Edge> edges;            // ascending (a, b)
  std::vector<Merge> merges;
  Model model;
  BlockingReport blocking;
  Estimates estimates;
  std::vector<CalibrationBin> scores;  // histogram of probabilities over compared pairs
  std::vector<std::string> warnings;   // each names the cause and the remedy
};

// Records must be in canonical order (prepare() sorts them when they have ids). Same records,
// options and seed give the same outcome for any thread count. With `given`, no training is done.
Result<Outcome> link(const Records& records, const Options& options, const Model* given,
                     const Progress& progress);

// For many explanations of one run use link/explain.h, which prepares once.
// Why records a and b are or are not one. Terms add up to what link() scored, within 1e-9 bits.
Explanation explain(const Records& records, const Model& model, const Outcome& outcome,
                    std::uint32_t a, std::uint32_t b);

// How an entity was built and what would split it.
EntityExplanation explain_entity(const Records& records, const Model& model, const Outcome& outcome,
                                 std::uint32_t entity);

}  // namespace clew::link
