#include "link/evaluate.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/check.h"

namespace clew::link {
namespace {

// One record with a known truth, sortable by either partition.
struct Known {
  std::uint32_t truth = 0;
  std::uint32_t entity = 0;
  std::uint32_t record = 0;
};

std::uint64_t pairs_of(std::uint64_t n) { return n * (n - (n > 0 ? 1 : 0)) / 2; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 1.0; }

double harmonic(double a, double b) { return a + b > 0 ? 2 * a * b / (a + b) : 0.0; }

double probability_of(double bits) { return 1.0 / (1.0 + std::exp2(-bits)); }

// Calls visit(first, last) for every run of records on which `same` holds.
template <typename Same, typename Visit>
void for_runs(const std::vector<Known>& known, const Same& same, const Visit& visit) {
  for (std::size_t first = 0; first < known.size();) {
    std::size_t last = first + 1;
    while (last < known.size() && same(known[first], known[last])) ++last;
    visit(first, last);
    first = last;
  }
}

bool same_truth(const Known& x, const Known& y) { return x.truth == y.truth; }
bool same_entity(const Known& x, const Known& y) { return x.entity == y.entity; }
bool same_cell(const Known& x, const Known& y) { return same_truth(x, y) && same_entity(x, y); }

// Fills the counts of pairs and entities and both pairs of rates. The idea: records that share
// both partitions form a cell; every figure is a sum over cells, entities or truths.
// `known` is sorted by (truth, entity, record).
void count_partitions(const std::vector<Known>& known, Evaluation& out) {
  std::vector<Known> by_entity = known;
  std::sort(by_entity.begin(), by_entity.end(), [](const Known& x, const Known& y) {
    return x.entity != y.entity ? x.entity < y.entity : x.truth < y.truth;
  });
  double precision_sum = 0, recall_sum = 0;
  for_runs(by_entity, same_entity, [&](std::size_t first, std::size_t last) {
    const std::uint64_t size = last - first;
    ++out.entities_found;
    out.pairs_found += pairs_of(size);
    out.largest_found = std::max(out.largest_found, size);
    for (std::size_t cell = first; cell < last;) {
      std::size_t end = cell + 1;
      while (end < last && same_truth(by_entity[cell], by_entity[end])) ++end;
      const double shared = static_cast<double>(end - cell);
      precision_sum += shared * shared / static_cast<double>(size);
      cell = end;
    }
  });
  for_runs(known, same_truth, [&](std::size_t first, std::size_t last) {
    const std::uint64_t size = last - first;
    ++out.entities_true;
    out.pairs_true += pairs_of(size);
    out.largest_true = std::max(out.largest_true, size);
    if (!same_entity(known[first], known[last - 1])) return;
    const auto range =
        std::equal_range(by_entity.begin(), by_entity.end(), known[first],
                         [](const Known& x, const Known& y) { return x.entity < y.entity; });
    if (static_cast<std::uint64_t>(range.second - range.first) == size) ++out.entities_exact;
  });
  for_runs(known, same_cell,
           [&](std::size_t first, std::size_t last) { out.pairs_right += pairs_of(last - first); });
  for_runs(known, same_truth, [&](std::size_t first, std::size_t last) {
    const double size = static_cast<double>(last - first);
    for (std::size_t cell = first; cell < last;) {
      std::size_t end = cell + 1;
      while (end < last && same_entity(known[cell], known[end])) ++end;
      const double shared = static_cast<double>(end - cell);
      recall_sum += shared * shared / size;
      cell = end;
    }
  });
  const double n = static_cast<double>(known.size());
  const double right = static_cast<double>(out.pairs_right);
  out.pairwise.precision = ratio(right, static_cast<double>(out.pairs_found));
  out.pairwise.recall = ratio(right, static_cast<double>(out.pairs_true));
  out.pairwise.f1 = harmonic(out.pairwise.precision, out.pairwise.recall);
  out.bcubed.precision = ratio(precision_sum, n);
  out.bcubed.recall = ratio(recall_sum, n);
  out.bcubed.f1 = harmonic(out.bcubed.precision, out.bcubed.recall);
}

// Fills the reliability bins. Ties fall into bins by record numbers, so that the bins are equal.
void calibrate(const EvaluationInput& in, Evaluation& out) {
  std::vector<const Edge*> scored;
  for (const Edge& edge : in.edges) {
    if (in.truth[edge.a] == 0 || in.truth[edge.b] == 0) continue;
    if (probability_of(edge.bits) >= kCalibratedFrom) scored.push_back(&edge);
  }
  std::sort(scored.begin(), scored.end(), [](const Edge* x, const Edge* y) {
    if (x->bits != y->bits) return x->bits < y->bits;
    return x->a != y->a ? x->a < y->a : x->b < y->b;
  });
  out.pairs_calibrated = scored.size();
  for (std::size_t bin = 0; bin < kReliabilityBins; ++bin) {
    const std::size_t first = bin * scored.size() / kReliabilityBins;
    const std::size_t last = (bin + 1) * scored.size() / kReliabilityBins;
    if (first == last) continue;
    ReliabilityBin made;
    made.pairs = last - first;
    made.low = probability_of(scored[first]->bits);
    made.high = probability_of(scored[last - 1]->bits);
    double predicted = 0, observed = 0;
    for (std::size_t i = first; i < last; ++i) {
      predicted += probability_of(scored[i]->bits);
      if (in.truth[scored[i]->a] == in.truth[scored[i]->b]) observed += 1;
    }
    const double n = static_cast<double>(made.pairs);
    made.predicted = predicted / n;
    made.observed = observed / n;
    out.calibration_error +=
        n / static_cast<double>(scored.size()) * std::abs(made.predicted - made.observed);
    out.bins.push_back(made);
  }
}

const Edge* edge_of(std::span<const Edge> edges, std::uint32_t a, std::uint32_t b) {
  const auto before = [](const Edge& x, const std::pair<std::uint32_t, std::uint32_t>& y) {
    return x.a != y.first ? x.a < y.first : x.b < y.second;
  };
  const auto pair = std::minmax(a, b);
  const auto found =
      std::lower_bound(edges.begin(), edges.end(), std::pair(pair.first, pair.second), before);
  if (found == edges.end() || found->a != pair.first || found->b != pair.second) return nullptr;
  return &*found;
}

// Counts the true pairs that have a score, and asks about those that have none.
void count_lost(const EvaluationInput& in, const std::vector<Known>& known, Evaluation& out) {
  for (const Edge& edge : in.edges) {
    if (in.truth[edge.a] != 0 && in.truth[edge.a] == in.truth[edge.b]) ++out.true_pairs_scored;
  }
  const std::uint64_t unscored = out.pairs_true - out.true_pairs_scored;
  std::uint64_t asked = 0;
  if (in.was_compared) {
    for_runs(known, same_truth, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        for (std::size_t j = i + 1; j < last && asked < in.asked_max; ++j) {
          const auto pair = std::minmax(known[i].record, known[j].record);
          if (edge_of(in.edges, pair.first, pair.second) != nullptr) continue;
          ++asked;
          if (in.was_compared(pair.first, pair.second)) ++out.true_pairs_dropped;
        }
      }
    });
  }
  out.true_pairs_lost = unscored - out.true_pairs_dropped;
}

std::vector<PairError> worst_wrong(const EvaluationInput& in) {
  std::vector<PairError> wrong;
  for (const Edge& edge : in.edges) {
    if (in.entity[edge.a] != in.entity[edge.b]) continue;
    if (in.truth[edge.a] == 0 || in.truth[edge.b] == 0) continue;
    if (in.truth[edge.a] == in.truth[edge.b]) continue;
    wrong.push_back({edge.a, edge.b, edge.bits, true});
  }
  std::stable_sort(wrong.begin(), wrong.end(),
                   [](const PairError& x, const PairError& y) { return x.bits > y.bits; });
  std::vector<PairError> worst;
  std::unordered_set<std::uint32_t> seen;  // one error per entity shows more than ten of one
  for (const PairError& error : wrong) {
    if (worst.size() == in.worst_max) break;
    if (seen.insert(in.entity[error.a]).second) worst.push_back(error);
  }
  return worst;
}

// `known` is sorted by (truth, entity, record), so the pairs of one truth across entities are met
// without walking the pairs inside entities: the cost is bounded by the edges and the records.
std::vector<PairError> worst_missed(const EvaluationInput& in, const std::vector<Known>& known) {
  std::vector<PairError> worst;
  std::unordered_set<std::uint32_t> seen;
  for_runs(known, same_truth, [&](std::size_t first, std::size_t last) {
    if (worst.size() == in.worst_max) return;
    for (std::size_t i = first, next = first; i < last; ++i) {
      next = std::max(next, i);
      while (next < last && same_entity(known[i], known[next])) ++next;
      for (std::size_t j = next; j < last; ++j) {
        const auto pair = std::minmax(known[i].record, known[j].record);
        if (edge_of(in.edges, pair.first, pair.second) != nullptr) continue;
        worst.push_back({pair.first, pair.second, 0, false});
        seen.insert(known[i].truth);
        return;
      }
    }
  });
  std::vector<PairError> scored;
  for (const Edge& edge : in.edges) {
    if (in.truth[edge.a] == 0 || in.truth[edge.a] != in.truth[edge.b]) continue;
    if (in.entity[edge.a] == in.entity[edge.b]) continue;
    scored.push_back({edge.a, edge.b, edge.bits, true});
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const PairError& x, const PairError& y) { return x.bits < y.bits; });
  for (const PairError& error : scored) {
    if (worst.size() >= in.worst_max) break;
    if (seen.insert(in.truth[error.a]).second) worst.push_back(error);
  }
  return worst;
}

}  // namespace

Evaluation evaluate(const EvaluationInput& input) {
  CHECK(input.entity.size() == input.truth.size());
  Evaluation out;
  out.records = input.entity.size();
  std::vector<Known> known;
  for (std::uint32_t r = 0; r < input.entity.size(); ++r) {
    if (input.truth[r] != 0) known.push_back({input.truth[r], input.entity[r], r});
  }
  std::sort(known.begin(), known.end(), [](const Known& x, const Known& y) {
    if (x.truth != y.truth) return x.truth < y.truth;
    return x.entity != y.entity ? x.entity < y.entity : x.record < y.record;
  });
  out.records_known = known.size();
  count_partitions(known, out);
  calibrate(input, out);
  count_lost(input, known, out);
  out.wrong_expected = input.estimates.wrong_share;
  out.wrong_observed = 1 - out.pairwise.precision;
  out.missed_expected = input.estimates.missed_share;
  out.missed_observed = 1 - out.pairwise.recall;
  out.worst_wrong = worst_wrong(input);
  out.worst_missed = worst_missed(input, known);
  return out;
}

}  // namespace clew::link
