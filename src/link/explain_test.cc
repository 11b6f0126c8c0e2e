#include "link/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "link/test_records.h"

namespace clew::link {
namespace {

double sum_of(const std::vector<Term>& terms) {
  double sum = 0;
  for (const Term& term : terms) sum += term.bits;
  return sum;
}

struct Linked {
  Linked(std::uint64_t seed, std::uint32_t count, std::uint16_t sources)
      : records(random_records(seed, count, sources)),
        outcome(*link(records, {}, nullptr, {})),
        explainer(records, outcome.model, outcome) {}

  Records records;
  Outcome outcome;
  Explainer explainer;
};

TEST(ExplainTest, AddsUpToTheScoreOfEveryPairKept) {
  std::size_t edges = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Linked run(seed, 50, seed % 2 == 0 ? 1 : 2);
    for (const Edge& edge : run.outcome.edges) {
      const Explanation e = run.explainer.pair(edge.a, edge.b, false);
      EXPECT_NEAR(sum_of(e.terms), edge.bits, 1e-9) << "seed " << seed;
      EXPECT_NEAR(e.total_bits, edge.bits, 1e-9);
      EXPECT_NEAR(e.probability, 1 / (1 + std::exp2(-edge.bits)), 1e-12);
      EXPECT_EQ(e.decision, edge.decision);
    }
    edges += run.outcome.edges.size();
  }
  EXPECT_GT(edges, 1000U);
}

TEST(ExplainTest, AddsUpToTheScoreOfEveryMerge) {
  std::size_t merges = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Linked run(seed, 50, seed % 2 == 0 ? 1 : 2);
    std::vector<std::uint32_t> seen(50, 0);
    for (const std::uint32_t e : run.outcome.entity) ++seen[e];
    for (std::uint32_t e = 0; e < 50; ++e) {
      if (seen[e] == 0) continue;
      const EntityExplanation entity = run.explainer.entity(e);
      EXPECT_EQ(entity.records.size(), seen[e]);
      EXPECT_EQ(entity.steps.size(), seen[e] - 1);
      EXPECT_FALSE(entity.weakest.empty());
      std::vector<double> expected;
      for (const Merge& m : run.outcome.merges) {
        if (run.outcome.entity[m.a] == e) expected.push_back(m.bits);
      }
      ASSERT_EQ(expected.size(), entity.steps.size());
      for (std::size_t k = 0; k < expected.size(); ++k) {
        EXPECT_NEAR(entity.steps[k].bits, expected[k], 1e-9) << "seed " << seed;
        EXPECT_NEAR(sum_of(entity.steps[k].terms), expected[k], 1e-9);
      }
      merges += expected.size();
    }
  }
  EXPECT_GT(merges, 300U);
}

TEST(ExplainTest, SaysHowTheyMetOrWhyTheyDidNot) {
  Linked run(2, 60, 1);
  int met = 0, apart = 0;
  for (std::uint32_t a = 0; a < 60; ++a) {
    for (std::uint32_t b = a + 1; b < 60; b += 5) {
      const Explanation e = run.explainer.pair(a, b);
      ASSERT_FALSE(e.blocking.empty());
      EXPECT_FALSE(e.clustering.empty());
      for (const Reason& reason : e.blocking) EXPECT_FALSE(reason.words.empty());
      ++(e.blocking.front().together ? met : apart);
    }
  }
  EXPECT_GT(met, 10);
  EXPECT_GT(apart, 10);
  for (const Edge& edge : run.outcome.edges) {
    EXPECT_TRUE(run.explainer.pair(edge.a, edge.b).blocking.front().together);
  }
}

TEST(ExplainTest, NamesRecordsBySourceAndId) {
  Linked run(1, 30, 2);
  const Explanation e = run.explainer.pair(3, 8, false);
  EXPECT_EQ(e.record_a, "b:r3");
  EXPECT_EQ(e.record_b, "a:r8");
  EXPECT_EQ(run.explainer.pair(8, 3, false).record_a, "b:r3");
}

TEST(ExplainTest, QuotesNoValueInItsWords) {
  const std::string given = "zebulonia", family = "quixwerth";
  Rows rows = {{given, family, "19990403"}, {given, family, "19990403"}};
  People people(4);
  for (int k = 0; k < 40; ++k) rows.push_back({people.word(3), people.word(3), people.date()});
  const Records records = make_records({given_spec(), family_spec(), birth_spec()}, rows);
  const auto outcome = link(records, {}, nullptr, {});
  ASSERT_TRUE(outcome.has_value());
  const Explanation e = explain(records, outcome->model, *outcome, 0, 1);
  std::vector<std::string> all = e.clustering;
  for (const Term& term : e.terms) {
    all.push_back(term.words);
    all.push_back(term.level);
  }
  for (const Reason& reason : e.blocking) all.push_back(reason.rule + reason.words);
  for (const std::string& words : all) {
    for (const std::string& value : {given, family, std::string("19990403")}) {
      EXPECT_EQ(words.find(value), std::string::npos) << words;
    }
  }
  const auto shown = std::find_if(e.terms.begin(), e.terms.end(),
                                  [&](const Term& term) { return term.value_a == given; });
  EXPECT_NE(shown, e.terms.end());
}

TEST(ExplainTest, ExplainsWithAModelThatCameFromAFile) {
  Linked run(5, 50, 1);
  const auto stored = model_from_json(model_to_json(run.outcome.model));
  ASSERT_TRUE(stored.has_value());
  Explainer again(run.records, *stored, run.outcome);
  for (const Edge& edge : run.outcome.edges) {
    EXPECT_NEAR(again.pair(edge.a, edge.b, false).total_bits, edge.bits, 1e-9);
  }
}

}  // namespace
}  // namespace clew::link
