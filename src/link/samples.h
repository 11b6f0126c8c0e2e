// Samples of pairs that training looks at; drawn once, since levels do not depend on the model.
#pragma once

#include <cstdint>
#include <vector>

#include "index/blocking.h"
#include "link/compare.h"
#include "link/em.h"
#include "link/options.h"

namespace clew::link {

struct SampledPair {
  std::uint32_t a = 0, b = 0;
  Pattern pattern = 0;
};

// Pairs of records with one equal value (field `parent`; fields() stands for the whole name), each drawn with the
// weight of its group. Weights sum to the number of pairs, counted once each, where those are few.
struct EqualPairs {
  std::vector<SampledPair> pairs;
  std::vector<float> weight;
};

struct Samples {
  std::vector<SampledPair> random;      // any two records: for u
  std::vector<PatternCount> by_rule;    // per rule, own fields masked, counts scaled up: for EM
  std::vector<SampledPair> candidates;  // candidate pairs, each kept with candidate_share: for the prior
  double candidate_share = 1;
  std::uint64_t candidate_pairs = 0;    // distinct candidate pairs in all
  std::vector<EqualPairs> equal;        // per field, and the whole name last: for dependence
};

// Only the random pairs.
std::vector<SampledPair> draw_random_pairs(const Comparer& comparer, const Options& options);

// Deterministic in records, candidates and options.seed, for any number of threads.
Samples draw_samples(const Comparer& comparer, const index::Candidates& candidates,
                     const Options& options);

}  // namespace clew::link
