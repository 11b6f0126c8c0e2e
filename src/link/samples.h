// Samples of pairs that training looks at; drawn once, since levels do not depend on the model.
#pragma once

#include <array>
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

// Pairs of records with one equal value (field `parent`; fields() stands for the whole name), each
// drawn with the weight of its group. Weights sum to the number of pairs, counted once each, where
// those are few.
struct EqualPairs {
  std::vector<SampledPair> pairs;
  std::vector<float> weight;
};

struct Samples {
  std::vector<std::uint32_t> random;  // records; all pairs of them: for u
  std::vector<PatternCount> by_rule;  // per rule, own fields masked, counts scaled up: for EM
  std::vector<SampledPair>
      candidates;  // all candidate pairs of a share of the records: for the prior
  double candidate_share = 1;
  std::vector<EqualPairs> equal;  // per field, and the whole name last: for dependence
};

// Only the random records: few enough to stay in the cache, so that all their pairs cost little.
std::vector<std::uint32_t> draw_random_records(const Comparer& comparer, const Options& options);

// How often each field is at each level over all pairs of `records`. With `entity`, pairs inside
// one entity do not count and the others weigh 1 over the sizes of their entities. Same sums for
// any number of threads.
std::vector<std::array<double, 16>> count_random_levels(const Comparer& comparer,
                                                        const std::vector<std::uint32_t>& records,
                                                        const std::vector<std::uint32_t>* entity,
                                                        unsigned threads);

// Deterministic in records, candidates and options.seed, for any number of threads.
Samples draw_samples(const Comparer& comparer, const index::Candidates& candidates,
                     const Options& options);

}  // namespace clew::link
