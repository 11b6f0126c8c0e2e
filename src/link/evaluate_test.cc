#include "link/evaluate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace clew::link {
namespace {

double probability(double bits) { return 1.0 / (1.0 + std::exp2(-bits)); }

// The slow twin: walks all pairs and all records, as the definitions are written.
struct Twin {
  std::uint64_t found = 0, truly = 0, right = 0;
  double precision_sum = 0, recall_sum = 0;
  std::uint64_t known = 0, exact = 0, scored = 0;
};

Twin twin_of(const std::vector<std::uint32_t>& entity, const std::vector<std::uint32_t>& truth,
             const std::vector<Edge>& edges) {
  Twin twin;
  const std::size_t n = entity.size();
  for (std::size_t a = 0; a < n; ++a) {
    if (truth[a] == 0) continue;
    ++twin.known;
    double mine = 0, theirs = 0, both = 0;
    std::size_t first = a;
    for (std::size_t b = 0; b < n; ++b) {
      if (truth[b] == 0) continue;
      const bool found = entity[a] == entity[b], truly = truth[a] == truth[b];
      if (found || truly) first = std::min(first, b);
      mine += found;
      theirs += truly;
      both += found && truly;
      if (b <= a) continue;
      twin.found += found;
      twin.truly += truly;
      twin.right += found && truly;
      for (const Edge& e : edges) twin.scored += truly && e.a == a && e.b == b;
    }
    twin.precision_sum += both / mine;
    twin.recall_sum += both / theirs;
    if (mine == both && theirs == both && first == a) ++twin.exact;
  }
  return twin;
}

double twin_error(const std::vector<std::uint32_t>& truth, const std::vector<Edge>& edges) {
  std::vector<std::tuple<double, std::uint32_t, std::uint32_t, bool>> pairs;
  for (const Edge& e : edges) {
    if (truth[e.a] == 0 || truth[e.b] == 0 || probability(e.bits) < 0.01) continue;
    pairs.emplace_back(e.bits, e.a, e.b, truth[e.a] == truth[e.b]);
  }
  std::sort(pairs.begin(), pairs.end());
  std::map<std::size_t, std::vector<std::size_t>> bins;
  for (std::size_t k = 0; k < 15; ++k) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i >= k * pairs.size() / 15 && i < (k + 1) * pairs.size() / 15) bins[k].push_back(i);
    }
  }
  double error = 0;
  for (const auto& [k, members] : bins) {
    double gap = 0;
    for (std::size_t i : members) {
      gap += probability(std::get<0>(pairs[i])) - (std::get<3>(pairs[i]) ? 1.0 : 0.0);
    }
    error += std::abs(gap) / static_cast<double>(pairs.size());
  }
  return error;
}

// Turns free labels into the contract's form: the lowest record number of the entity.
std::vector<std::uint32_t> lowest(const std::vector<std::uint32_t>& labels) {
  std::vector<std::uint32_t> out;
  std::map<std::uint32_t, std::uint32_t> first;
  for (std::uint32_t r = 0; r < labels.size(); ++r) {
    out.push_back(first.emplace(labels[r], r).first->second);
  }
  return out;
}

void expect_twin(const std::vector<std::uint32_t>& entity, const std::vector<std::uint32_t>& truth,
                 const std::vector<Edge>& edges) {
  EvaluationInput input;
  input.entity = entity;
  input.truth = truth;
  input.edges = edges;
  const Evaluation fast = evaluate(input);
  const Twin slow = twin_of(entity, truth, edges);
  ASSERT_EQ(fast.records_known, slow.known);
  ASSERT_EQ(fast.pairs_found, slow.found);
  ASSERT_EQ(fast.pairs_true, slow.truly);
  ASSERT_EQ(fast.pairs_right, slow.right);
  ASSERT_EQ(fast.entities_exact, slow.exact);
  ASSERT_EQ(fast.true_pairs_scored, slow.scored);
  ASSERT_EQ(fast.true_pairs_lost, slow.truly - slow.scored);
  if (slow.known > 0) {
    const double n = static_cast<double>(slow.known);
    ASSERT_NEAR(fast.bcubed.precision, slow.precision_sum / n, 1e-12);
    ASSERT_NEAR(fast.bcubed.recall, slow.recall_sum / n, 1e-12);
  }
  ASSERT_NEAR(fast.calibration_error, twin_error(truth, edges), 1e-12);
}

TEST(EvaluateTest, AgreesWithTheTwinOnEverySmallPartition) {
  // All labellings of 4 records by 3 entities and 3 truths (0 = unknown): 81 x 81 inputs.
  const std::vector<Edge> edges = {{0, 1, 3.0, Decision::linked}, {1, 3, -2.0, Decision::apart}};
  for (std::uint32_t x = 0; x < 81; ++x) {
    for (std::uint32_t y = 0; y < 81; ++y) {
      const std::vector<std::uint32_t> labels = {x % 3, x / 3 % 3, x / 9 % 3, x / 27};
      const std::vector<std::uint32_t> truth = {y % 3, y / 3 % 3, y / 9 % 3, y / 27};
      expect_twin(lowest(labels), truth, edges);
    }
  }
}

TEST(EvaluateTest, AgreesWithTheTwinOnRandomPartitions) {
  EXPECT_TRUE(rc::check([] {
    const auto n = *rc::gen::inRange<std::uint32_t>(0, 40);
    const auto labels =
        *rc::gen::container<std::vector<std::uint32_t>>(n, rc::gen::inRange<std::uint32_t>(0, 12));
    const auto truth =
        *rc::gen::container<std::vector<std::uint32_t>>(n, rc::gen::inRange<std::uint32_t>(0, 12));
    std::vector<Edge> edges;
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) {
        const auto score = *rc::gen::inRange(-12, 12);
        if (score % 3 == 0) edges.push_back({a, b, score / 2.0, Decision::review});
      }
    }
    expect_twin(lowest(labels), truth, edges);
  }));
}

// Bagga and Baldwin's example has twelve mentions in three chains; the response joins two chains.
// Published: B-cubed precision 16/21 and recall 1 (equal weights).
TEST(EvaluateTest, GivesThePublishedBCubedFigures) {
  const std::vector<std::uint32_t> truth = {1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3};
  const std::vector<std::uint32_t> first = {0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5, 5};
  EvaluationInput input;
  input.entity = first;
  input.truth = truth;
  const Evaluation evaluation = evaluate(input);
  EXPECT_NEAR(evaluation.bcubed.precision, 16.0 / 21.0, 1e-12);
  EXPECT_EQ(evaluation.bcubed.recall, 1);
  EXPECT_EQ(evaluation.largest_found, 7U);
  EXPECT_EQ(evaluation.largest_true, 5U);
}

TEST(EvaluateTest, ListsTheWorstErrorsOncePerEntity) {
  const std::vector<std::uint32_t> entity = {0, 0, 0, 3, 4, 3};
  const std::vector<std::uint32_t> truth = {1, 1, 2, 2, 1, 3};
  const std::vector<Edge> edges = {{0, 2, 4.0, Decision::linked},
                                   {1, 2, 6.0, Decision::linked},
                                   {2, 3, -3.0, Decision::apart},
                                   {3, 5, 5.0, Decision::linked}};
  EvaluationInput input;
  input.entity = entity;
  input.truth = truth;
  input.edges = edges;
  const Evaluation evaluation = evaluate(input);
  ASSERT_EQ(evaluation.worst_wrong.size(), 2U);
  EXPECT_EQ(evaluation.worst_wrong[0].a, 1U);  // 6 bits; the pair (0, 2) is of the same entity
  EXPECT_EQ(evaluation.worst_wrong[1].b, 5U);
  ASSERT_EQ(evaluation.worst_missed.size(), 2U);
  EXPECT_FALSE(evaluation.worst_missed[0].scored);  // record 4 was never compared with 0
  EXPECT_EQ(evaluation.worst_missed[0].b, 4U);
  EXPECT_TRUE(evaluation.worst_missed[1].scored);
  EXPECT_EQ(evaluation.worst_missed[1].bits, -3.0);
}

TEST(EvaluateTest, TellsDroppedPairsFromPairsNeverCompared) {
  const std::vector<std::uint32_t> entity = {0, 1, 2};
  const std::vector<std::uint32_t> truth = {1, 1, 1};
  EvaluationInput input;
  input.entity = entity;
  input.truth = truth;
  input.was_compared = [](std::uint32_t a, std::uint32_t b) { return a == 0 && b == 2; };
  const Evaluation evaluation = evaluate(input);
  EXPECT_EQ(evaluation.true_pairs_dropped, 1U);
  EXPECT_EQ(evaluation.true_pairs_lost, 2U);
}

}  // namespace
}  // namespace clew::link
