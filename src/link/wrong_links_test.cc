#include "link/wrong_links.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/rng.h"

namespace clew::link {
namespace {

ClusterMerge merge_at(double height, std::uint32_t size_a = 1, std::uint32_t size_b = 1) {
  ClusterMerge merge;
  merge.size_a = size_a;
  merge.size_b = size_b;
  merge.score = merge.height = height;
  return merge;
}

// Pairs above a cut, and how many of them are expected to be wrong.
Cut at(const std::vector<ClusterMerge>& merges, double height) {
  Cut cut;
  for (const ClusterMerge& m : merges) {
    if (m.height <= height) continue;
    cut.pairs += static_cast<double>(m.size_a) * m.size_b;
    cut.wrong += static_cast<double>(m.size_a) * m.size_b / (1 + std::exp(m.height));
  }
  cut.wrong_share = cut.pairs > 0 ? cut.wrong / cut.pairs : 0;
  return cut;
}

std::vector<ClusterMerge> random_merges(std::uint64_t seed) {
  Rng rng(seed);
  std::vector<ClusterMerge> merges;
  for (std::uint32_t k = 1 + rng.below(40); k > 0; --k) {
    const double height =
        seed % 2 == 0 ? rng.uniform() * 12 - 2 : static_cast<double>(rng.below(6));
    merges.push_back(merge_at(height, 1 + rng.below(4), 1 + rng.below(4)));
  }
  return merges;
}

TEST(WrongLinksTest, MergesAsFarAsTheWishAllowsAndNoFurther) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto merges = random_merges(seed);
    for (const double wish : {0.001, 0.01, 0.05, 0.2, 0.6}) {
      const Cut cut = choose_cut(merges, wish);
      const Cut there = at(merges, cut.height);
      EXPECT_LE(there.wrong_share, wish);
      EXPECT_NEAR(cut.wrong_share, there.wrong_share, 1e-12);
      EXPECT_NEAR(cut.pairs, there.pairs, 1e-9);
      EXPECT_NEAR(cut.wrong, there.wrong, 1e-9);
      for (const ClusterMerge& m : merges) {  // no lower cut fulfils the wish
        if (m.height > cut.height) continue;
        EXPECT_GT(at(merges, m.height - 1e-9).wrong_share, wish) << "seed " << seed;
      }
    }
  }
}

TEST(WrongLinksTest, LetsNothingStandWhenTheBestMergeIsTooDoubtful) {
  const std::vector<ClusterMerge> merges = {merge_at(0.5), merge_at(1), merge_at(0)};
  const Cut cut = choose_cut(merges, 0.05);
  EXPECT_EQ(at(merges, cut.height).pairs, 0);
  EXPECT_EQ(cut.pairs, 0);
  EXPECT_EQ(cut.wrong_share, 0);
}

TEST(WrongLinksTest, CountsEveryPairThatAMergeBrings) {
  const Cut cut = choose_cut({merge_at(0, 3, 4)}, 0.6);
  EXPECT_EQ(cut.pairs, 12);
  EXPECT_EQ(cut.wrong, 6);
  EXPECT_LT(cut.height, 0);
}

TEST(WrongLinksTest, NeverSplitsMergesOfOneHeight) {
  const Cut cut = choose_cut({merge_at(5), merge_at(2), merge_at(2), merge_at(2)}, 0.07);
  EXPECT_EQ(cut.pairs, 1);  // one merge at 2 would fit the wish, three do not
  EXPECT_EQ(cut.height, 2);
}

TEST(WrongLinksTest, MakesNothingOfNothing) {
  const Cut cut = choose_cut({}, 0.05);
  EXPECT_EQ(cut.pairs, 0);
  EXPECT_EQ(cut.wrong_share, 0);
}

}  // namespace
}  // namespace clew::link
