#include "link/scorer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <numbers>

#include "link/link.h"
#include "link/test_records.h"
#include "link/test_scoring.h"
#include "reference/linkage.h"

namespace clew::link {
namespace {

bool nearly_equal(double x, double y) {
  return std::fabs(x - y) <= 1e-12 * std::max({1.0, std::fabs(x), std::fabs(y)});
}

// Entities that the twin makes of the pairs that the engine kept, down to the engine's own cut.
reference::Agglomeration twin_entities(const reference::Linkage& twin, const Outcome& outcome) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> open;
  for (const Edge& edge : outcome.edges) open.emplace_back(edge.a, edge.b);
  const double cut = outcome.estimates.threshold_bits * std::numbers::ln2;
  return twin.agglomerate(open, {}, cut + 1e-10);
}

void expect_scores_of_the_twin(const Records& records, const Model& model) {
  const reference::Linkage twin(records, model);
  Scoring scoring(records, model);
  for (std::uint32_t a = 0; a < records.count(); ++a) {
    for (std::uint32_t b = a + 1; b < records.count(); ++b) {
      const auto levels = twin.levels(a, b);
      const Pattern pattern = scoring.comparer.pattern(a, b, scoring.scratch.levels);
      for (std::size_t f = 0; f < levels.size(); ++f) {
        RC_ASSERT(level_of(pattern, f) == levels[f]);
      }
      RC_ASSERT(nearly_equal(scoring.score(a, b), twin.score(a, b)));
    }
  }
}

// Few records teach little dependence; this makes much of it up.
void invent_dependence(std::uint64_t seed, Model& model) {
  Rng rng(seed);
  const std::size_t n = model.fields.size();
  model.dependence.assign(n + 1, std::vector<std::vector<float>>(n));
  model.dependence_order.assign(n + 1, 0);
  for (std::size_t p = 0; p <= n; ++p) {
    model.dependence_order[p] = rng.below(static_cast<std::uint32_t>(n) + 1);
    for (std::size_t f = 0; f < n; ++f) {
      for (std::size_t l = 0; l < model.fields[f].levels.size(); ++l) {
        model.dependence[p][f].push_back(static_cast<float>(rng.uniform() * 6 - 1));
      }
    }
  }
}

// Trains, and compares with the twin: what link() kept, all pairs, and all pairs under a model with
// more dependence.
void expect_run_of_the_twin(const Records& records, const Options& options) {
  const auto outcome = link(records, options, nullptr, {});
  RC_ASSERT(outcome.has_value());
  const reference::Linkage twin(records, outcome->model);
  for (const Edge& edge : outcome->edges) {
    RC_ASSERT(nearly_equal(edge.bits * std::numbers::ln2, twin.score(edge.a, edge.b)));
  }
  expect_scores_of_the_twin(records, outcome->model);
  Model dependent = outcome->model;
  invent_dependence(options.seed, dependent);
  expect_scores_of_the_twin(records, dependent);
}

Options random_options(std::uint64_t seed) {
  Options options;
  options.seed = seed;
  options.relatives = seed % 4 != 0;
  options.fuzzy_frequency = seed % 5 != 0;
  options.dependence = seed % 7 != 0;
  return options;
}

TEST(ScorerTest, EqualsItsTwinOnEveryPair) {
  EXPECT_TRUE(rc::check("every pair has the score of the slow twin", [] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 30);
    const auto count = *rc::gen::inRange<std::uint32_t>(3, 61);
    expect_run_of_the_twin(random_records(seed, count), random_options(seed));
  }));
}

TEST(ScorerTest, EqualsItsTwinWithSeveralSources) {
  EXPECT_TRUE(rc::check("every pair has the score of the slow twin", [] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 30);
    const auto count = *rc::gen::inRange<std::uint32_t>(3, 61);
    const auto sources = *rc::gen::inRange<std::uint16_t>(2, 4);
    expect_run_of_the_twin(random_records(seed, count, sources), random_options(seed));
  }));
}

TEST(ScorerTest, LeadsToTheEntitiesOfTheTwin) {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Records records = random_records(seed, 20 + static_cast<std::uint32_t>(seed % 41));
    const auto outcome = link(records, {}, nullptr, {});
    ASSERT_TRUE(outcome.has_value());
    const reference::Linkage twin(records, outcome->model);
    const reference::Agglomeration expected = twin_entities(twin, *outcome);
    if (expected.tied) continue;  // either order of the merges is right
    EXPECT_EQ(outcome->entity, expected.entity) << "seed " << seed;
    ++compared;
  }
  EXPECT_GE(compared, 40);
}

// The comparisons above are worth as much as what the random records hold.
TEST(ScorerTest, MeetsEveryKindOfTermInTheRandomRecords) {
  std::uint64_t merges = 0, swapped = 0, close = 0, in_part = 0, listed = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Records records = random_records(seed, 20 + static_cast<std::uint32_t>(seed % 41));
    const auto outcome = link(records, {}, nullptr, {});
    ASSERT_TRUE(outcome.has_value());
    merges += outcome->merges.size();
    for (const Field& field : records.fields) listed += field.part_lists.size() - 1;
    Scoring scoring(records, outcome->model);
    for (const Edge& edge : outcome->edges) {
      const Pattern pattern = scoring.comparer.pattern(edge.a, edge.b, scoring.scratch.levels);
      for (std::size_t f = 0; f < records.fields.size(); ++f) {
        const LevelPlan& plan = scoring.comparer.plan(f);
        const int level = level_of(pattern, f);
        in_part += std::uint64_t{level > plan.whole_top};
        swapped += std::uint64_t{level > plan.equal && level <= plan.whole_top};
        close += std::uint64_t{level > kDiffer && level < plan.equal};
      }
    }
  }
  EXPECT_GE(merges, 500U);
  EXPECT_GE(swapped, 20U);
  EXPECT_GE(close, 1000U);
  EXPECT_GE(in_part, 50U);
  EXPECT_GE(listed, 20U);
}

}  // namespace
}  // namespace clew::link
