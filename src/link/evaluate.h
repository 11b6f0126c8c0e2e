// evaluate(): how right a partition is, when the truth about some of the records is known.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "link/link.h"

namespace clew::link {

// Views are only read during the call.
struct EvaluationInput {
  std::span<const std::uint32_t> entity;  // per record: the lowest record number of its entity
  std::span<const std::uint32_t> truth;   // per record, 0 = unknown; as long as `entity`
  std::span<const Edge> edges;            // ascending (a, b): scores before clustering
  Estimates estimates;                    // what the run expected of itself
  std::size_t worst_max = 10;             // errors listed of each kind
  // Whether a pair without an edge was compared all the same and scored too low to keep. Empty: not
  // known; such pairs then count as not compared. Called once per true pair without an edge, at
  // most `asked_max` times.
  std::function<bool(std::uint32_t, std::uint32_t)> was_compared;
  std::uint64_t asked_max = 1000000;
};

// Precision, recall and their harmonic mean. 0/0 counts as 1: who claims nothing claims nothing
// wrong.
struct Rates {
  double precision = 1, recall = 1, f1 = 1;
};

// Pairs of similar probability, and how many of them are one in truth.
struct ReliabilityBin {
  double low = 0, high = 0;  // lowest and highest probability in the bin
  double predicted = 0;      // mean probability
  double observed = 0;       // share of true pairs
  std::uint64_t pairs = 0;
};

// One wrong or missed pair, record numbers with a < b.
struct PairError {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double bits = 0;      // log2 odds before clustering; 0 without a score
  bool scored = false;  // false: the pair has no kept score
};

// The figures of one comparison with the truth.
struct Evaluation {
  std::uint64_t records = 0;        // all records
  std::uint64_t records_known = 0;  // with a truth; everything below counts these only
  std::uint64_t pairs_found = 0;    // pairs inside entities
  std::uint64_t pairs_true = 0;     // pairs that are one in truth
  std::uint64_t pairs_right = 0;    // both
  Rates pairwise;
  Rates bcubed;  // Bagga and Baldwin (1998), "Algorithms for scoring coreference chains", section 2
  std::uint64_t entities_found = 0, entities_true = 0;
  std::uint64_t entities_exact = 0;  // found exactly as they are in truth, singletons included
  std::uint64_t largest_found = 0, largest_true = 0;
  // Expected calibration error over scored pairs with a probability of .01 and more, before
  // clustering, in up to 15 bins of equal count.
  double calibration_error = 0;
  std::uint64_t pairs_calibrated = 0;
  std::vector<ReliabilityBin> bins;
  double wrong_expected = 0, wrong_observed = 0;    // shares of the pairs inside entities
  double missed_expected = 0, missed_observed = 0;  // shares of the true pairs
  std::uint64_t true_pairs_scored = 0;              // have an edge
  std::uint64_t true_pairs_dropped = 0;  // compared, scored too low to keep (needs was_compared)
  std::uint64_t true_pairs_lost = 0;     // never compared, as far as is known: what blocking lost
  // Wrong pairs inside entities, highest score first, one per entity; then missed true pairs, one
  // per true entity: those without a score first, then the lowest score first.
  std::vector<PairError> worst_wrong;
  std::vector<PairError> worst_missed;
};

inline constexpr std::size_t kReliabilityBins = 15;
inline constexpr double kCalibratedFrom = 0.01;

// Pure. Cost: sorting the records and the edges. REQUIRES: entity and truth are equally long, edges
// name existing records. The test holds a slow twin that walks all pairs.
Evaluation evaluate(const EvaluationInput& input);

}  // namespace clew::link
