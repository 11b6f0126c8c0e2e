// Clustering that cannot chain: merges groups of records by the mean evidence between them, field
// by field.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "link/scorer.h"

namespace clew::link {

inline constexpr Pattern kUnknownPattern = ~0ULL;

// A pair with its log-odds in nats, a < b.
struct ScoredPair {
  std::uint32_t a = 0, b = 0;
  double score = 0;
  Pattern pattern = kUnknownPattern;  // levels, where they are known already
};

// Evidence between two groups of records: per field the sums of log m/u and log h/u over the cross
// pairs in which both values are present, and how many those are.
struct GroupEvidence {
  std::array<double, kFieldsMax> match{}, relative{};
  std::array<std::uint32_t, kFieldsMax> present{};
  double source_prior = 0;
  std::uint32_t pairs = 0;

  void add(const GroupEvidence& other, std::size_t fields);
  void add_pair(const Scorer& scorer, std::uint32_t x, std::uint32_t y, Scratch& scratch,
                Pattern pattern = kUnknownPattern);
  // The field means with the prior, as log-odds in nats. REQUIRES: pairs > 0.
  double score(const Scorer& scorer) const;
};

// One merge, in the order made within its component.
struct ClusterMerge {
  std::uint32_t a = 0, b = 0;  // lowest record of each side
  std::uint32_t size_a = 0, size_b = 0;
  double score = 0;   // nats
  double height = 0;  // the lowest score at or below this merge: it stands while the cut is lower
};

struct ClusterOptions {
  double stop = -3;      // nats: merging goes on down to here
  double open = -1e300;  // nats: pairs at or below open no neighbourhood
  unsigned threads = 1;
  // Never in one entity: pairs of records (a < b, ascending), and records of one source that is
  // unique.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart;
};

// Field-mean linkage: the score of two clusters is, for each field, the mean of its evidence over
// the cross pairs in which both values are present, summed over the fields, with the prior. The
// best two merge while their score exceeds options.stop. `pairs` (ascending) open the
// neighbourhoods; cross pairs not among them are scored exactly when a merge needs them. A pair
// average would be diluted by records with little in them; a sum would count the same evidence many
// times. Deterministic for any thread count. Reference: doc/math/linkage.md, "Clustering".
std::vector<ClusterMerge> cluster(const Scorer& scorer, const std::vector<ScoredPair>& pairs,
                                  const ClusterOptions& options);

// Per record the lowest record of its entity, from the merges whose height is above `cut`.
std::vector<std::uint32_t> entities_at(std::uint32_t records,
                                       const std::vector<ClusterMerge>& merges, double cut);

// Connected components of the pairs with a score of at least `threshold` nats: for comparison only,
// it chains.
std::vector<std::uint32_t> components(std::uint32_t records, const std::vector<ScoredPair>& pairs,
                                      double threshold);

}  // namespace clew::link
