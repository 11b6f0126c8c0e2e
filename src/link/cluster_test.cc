#include "link/cluster.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "link/link.h"
#include "link/test_records.h"
#include "link/test_scoring.h"
#include "reference/linkage.h"

namespace clew::link {
namespace {

constexpr double kOpen = -4;

// Random records, a model for them, and every pair that is worth opening.
struct Scene {
  Scene(std::uint64_t seed, std::uint32_t count, std::uint16_t sources = 1)
      : records(random_records(seed, count, sources)),
        model(trained(records)),
        scoring(records, model),
        twin(records, model) {
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = a + 1; b < count; ++b) {
        const double score = scoring.score(a, b);
        if (score > kOpen) pairs.push_back({a, b, score});
      }
    }
  }

  static Model trained(const Records& records) {
    auto outcome = link(records, {}, nullptr, {});
    return outcome ? outcome->model : Model{};
  }

  std::vector<std::uint32_t> entities(const ClusterOptions& options) const {
    return entities_at(records.count(), cluster(scoring.scorer, pairs, options), options.stop);
  }

  reference::Agglomeration twin_entities(const ClusterOptions& options) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open;
    for (const ScoredPair& pair : pairs) open.emplace_back(pair.a, pair.b);
    return twin.agglomerate(open, options.apart, options.stop);
  }

  Records records;
  Model model;
  Scoring scoring;
  reference::Linkage twin;
  std::vector<ScoredPair> pairs;
};

using Negatives = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Pairs that a person declared to be two, likely ones among them.
Negatives random_negatives(const Scene& scene, std::uint64_t seed) {
  Rng rng(seed);
  std::set<std::pair<std::uint32_t, std::uint32_t>> chosen;
  for (const ScoredPair& pair : scene.pairs) {
    if (rng.below(4) == 0) chosen.insert({pair.a, pair.b});
  }
  return {chosen.begin(), chosen.end()};
}

TEST(ClusterTest, EqualsItsTwinWithAndWithoutConstraints) {
  int compared = 0;
  for (std::uint64_t seed = 100; seed < 160; ++seed) {
    Scene scene(seed, 15 + static_cast<std::uint32_t>(seed % 40), seed % 3 == 0 ? 3 : 1);
    if (seed % 3 == 0) scene.records.source_is_unique[1] = 1;
    ClusterOptions options;
    options.stop = seed % 2 == 0 ? -3 : 0.5;
    if (seed % 4 == 1) options.apart = random_negatives(scene, seed);
    const auto expected = scene.twin_entities(options);
    if (expected.tied) continue;  // either order of the merges is right
    EXPECT_EQ(scene.entities(options), expected.entity) << "seed " << seed;
    ++compared;
  }
  EXPECT_GE(compared, 40);
}

TEST(ClusterTest, NeverJoinsWhatMustStayApart) {
  EXPECT_TRUE(rc::check("no entity holds a negative or two records of a unique source", [] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 30);
    Scene scene(seed, 40, 2);
    scene.records.source_is_unique[0] = 1;
    ClusterOptions options;
    options.apart = random_negatives(scene, seed);
    const auto entity = scene.entities(options);
    for (const auto& [a, b] : options.apart) RC_ASSERT(entity[a] != entity[b]);
    std::set<std::uint32_t> held;
    for (std::uint32_t r = 0; r < entity.size(); r += 2) RC_ASSERT(held.insert(entity[r]).second);
  }));
}

// Transitivity is no way round a negative either.
TEST(ClusterTest, SplitsAChainWhoseEndsMustStayApart) {
  const Records records =
      make_records({given_spec(), family_spec(), birth_spec()}, {{"maria", "stefan", "19990403"},
                                                                 {"maria", "stefan", "19990403"},
                                                                 {"maria", "stefan", "19990403"},
                                                                 {"jo", "lin", "20010101"},
                                                                 {"bo", "du", "19950607"}});
  const Model model = Scene::trained(records);
  Scoring scoring(records, model);
  std::vector<ScoredPair> pairs;
  for (const auto& [a, b] : Negatives{{0, 1}, {0, 2}, {1, 2}}) {
    pairs.push_back({a, b, scoring.score(a, b)});
  }
  ClusterOptions options;
  options.stop = -20;
  EXPECT_EQ(cluster(scoring.scorer, pairs, options).size(), 2U);
  options.apart = {{0, 2}};
  const auto merges = cluster(scoring.scorer, pairs, options);
  ASSERT_EQ(merges.size(), 1U);
  const auto entity = entities_at(5, merges, -20);
  EXPECT_NE(entity[0], entity[2]);
}

TEST(ClusterTest, JoinsAComponentOfTwoByItsOwnScore) {
  const Scene scene(7, 30);
  ASSERT_FALSE(scene.pairs.empty());
  const ScoredPair pair = scene.pairs.front();
  ClusterOptions options;
  options.stop = pair.score - 1;
  auto merges = cluster(scene.scoring.scorer, {pair}, options);
  ASSERT_EQ(merges.size(), 1U);
  EXPECT_EQ(merges[0].a, pair.a);
  EXPECT_EQ(merges[0].b, pair.b);
  EXPECT_EQ(merges[0].score, pair.score);
  EXPECT_EQ(merges[0].height, pair.score);
  options.stop = pair.score;
  EXPECT_TRUE(cluster(scene.scoring.scorer, {pair}, options).empty());
  options.stop = pair.score - 1;
  options.apart = {{pair.a, pair.b}};
  EXPECT_TRUE(cluster(scene.scoring.scorer, {pair}, options).empty());
}

TEST(ClusterTest, StandsNoHigherThanTheMergesBelow) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Scene scene(seed, 50);
    ClusterOptions options;
    std::vector<double> height(50, 1e300);
    std::vector<std::uint32_t> size(50, 1);
    for (const ClusterMerge& m : cluster(scene.scoring.scorer, scene.pairs, options)) {
      EXPECT_EQ(m.height, std::min({m.score, height[m.a], height[m.b]}));
      EXPECT_EQ(m.size_a, size[m.a]);
      EXPECT_EQ(m.size_b, size[m.b]);
      EXPECT_GT(m.score, options.stop);
      const std::uint32_t lower = std::min(m.a, m.b);
      height[lower] = m.height;
      size[lower] = m.size_a + m.size_b;
    }
  }
}

TEST(ClusterTest, CutsWhereARunWithThatStopWouldHaveEnded) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Scene scene(seed, 50);
    ClusterOptions low;
    low.stop = -4;
    const auto merges = cluster(scene.scoring.scorer, scene.pairs, low);
    for (const double stop : {-3.0, -1.0, 0.0, 1.5, 4.0, 100.0}) {
      ClusterOptions high;
      high.stop = stop;
      EXPECT_EQ(entities_at(50, merges, stop), scene.entities(high)) << seed << " at " << stop;
    }
  }
}

TEST(ClusterTest, IsTheSameForAnyNumberOfThreads) {
  const Scene scene(3, 60);
  ClusterOptions options;
  const auto one = cluster(scene.scoring.scorer, scene.pairs, options);
  for (const unsigned threads : {2U, 3U, 7U}) {
    options.threads = threads;
    const auto more = cluster(scene.scoring.scorer, scene.pairs, options);
    ASSERT_EQ(more.size(), one.size());
    for (std::size_t k = 0; k < one.size(); ++k) {
      EXPECT_EQ(more[k].a, one[k].a);
      EXPECT_EQ(more[k].b, one[k].b);
      EXPECT_EQ(more[k].score, one[k].score);
    }
  }
}

TEST(ClusterTest, NamesEntitiesByTheirLowestRecord) {
  std::vector<ClusterMerge> merges(2);
  merges[0].a = 3;
  merges[0].b = 4;
  merges[0].height = 5;
  merges[1].a = 1;
  merges[1].b = 3;
  merges[1].height = 2;
  EXPECT_EQ(entities_at(5, merges, 1), (std::vector<std::uint32_t>{0, 1, 2, 1, 1}));
  EXPECT_EQ(entities_at(5, merges, 2), (std::vector<std::uint32_t>{0, 1, 2, 3, 3}));
}

TEST(ClusterTest, FindsComponentsForComparison) {
  EXPECT_EQ(components(6, {{0, 2, 3.0}, {2, 5, 1.0}, {1, 3, 0.5}}, 1.0),
            (std::vector<std::uint32_t>{0, 1, 0, 3, 4, 0}));
}

}  // namespace
}  // namespace clew::link
