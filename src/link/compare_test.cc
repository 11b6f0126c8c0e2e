#include "link/compare.h"

#include <gtest/gtest.h>

#include <numeric>

#include "link/test_records.h"
#include "reference/linkage.h"

namespace clew::link {
namespace {

// Levels of one pair of records, lowest field first.
std::vector<int> levels(const Records& records, std::uint32_t a, std::uint32_t b,
                        bool swapped_names = true) {
  const Comparer comparer(records, swapped_names);
  LevelCache cache(comparer.fields(), comparer.count());
  const Pattern pattern = comparer.pattern(a, b, cache);
  std::vector<int> found;
  for (std::size_t f = 0; f < records.fields.size(); ++f) found.push_back(level_of(pattern, f));
  return found;
}

TEST(CompareTest, CountsExchangedNamesOnceAndOnlyWhenNothingElseFits) {
  const Records records = make_records({given_spec(), family_spec()}, {{"maria", "stefan"},
                                                                       {"stefan", "maria"},
                                                                       {"stefan", "marja"},
                                                                       {"stefan", "boduka"},
                                                                       {"maria", "maria"},
                                                                       {"stefan", ""}});
  EXPECT_EQ(levels(records, 0, 1), (std::vector<int>{5, kMissing}));
  EXPECT_EQ(levels(records, 0, 2), (std::vector<int>{5, kMissing}));  // the other side is close
  EXPECT_EQ(levels(records, 0, 3), (std::vector<int>{kDiffer, kDiffer}));
  EXPECT_EQ(levels(records, 0, 4), (std::vector<int>{4, kDiffer}));  // given names are equal
  EXPECT_EQ(levels(records, 0, 5), (std::vector<int>{kDiffer, kMissing}));
  EXPECT_EQ(levels(records, 0, 1, false), (std::vector<int>{kDiffer, kDiffer}));
}

TEST(CompareTest, TakesTheBestOfSeveralValues) {
  const Records records = make_records({phone_spec()}, {{"1234567|7654321"},
                                                        {"9999999|7654321"},
                                                        {"7654321"},
                                                        {"7654320"},
                                                        {"5550000|1112223"},
                                                        {""}});
  EXPECT_EQ(levels(records, 0, 1), std::vector<int>{4});
  EXPECT_EQ(levels(records, 0, 2), std::vector<int>{4});
  EXPECT_EQ(levels(records, 0, 3), std::vector<int>{3});
  EXPECT_EQ(levels(records, 0, 4), std::vector<int>{kDiffer});
  EXPECT_EQ(levels(records, 0, 5), std::vector<int>{kMissing});
}

TEST(CompareTest, ComparesDatesKnownInPartOnAScaleOfTheirOwn) {
  const Records records = make_records({birth_spec()}, {{"19990403"},
                                                        {"1999"},
                                                        {"19990401/19990430"},
                                                        {"20110101|1999"},
                                                        {"2000"},
                                                        {"20080101/20091231"},
                                                        {"1989"},
                                                        {"20151230"},
                                                        {""}});
  const int apart = 6, nearly = 7, consistent = 8;
  for (std::uint32_t b = 1; b < 4; ++b) EXPECT_EQ(levels(records, 0, b)[0], consistent) << b;
  EXPECT_EQ(levels(records, 1, 1)[0], consistent);
  EXPECT_EQ(levels(records, 0, 4)[0], nearly);  // less than two years
  EXPECT_EQ(levels(records, 0, 5)[0], apart);
  EXPECT_EQ(levels(records, 0, 6)[0], nearly);   // one digit of the year
  EXPECT_EQ(levels(records, 0, 7)[0], kDiffer);  // two whole dates
  EXPECT_EQ(levels(records, 1, 8)[0], kMissing);
}

TEST(CompareTest, ComparesTheLatinFormOfOtherScripts) {
  Records records = make_records({given_spec()}, {{"\xD0\xBE\xD0\xBB\xD1\x8F"}, {"olya"}});
  records.fields[0].keys = {"", "olya", ""};
  EXPECT_EQ(levels(records, 0, 1), std::vector<int>{3});  // as close as can be, yet not equal
}

TEST(CompareTest, GivesTheSameLevelsThroughCacheDigestsAndAnyOrder) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Records records = random_records(seed, 60);
    std::vector<std::uint32_t> order(records.count());
    std::iota(order.rbegin(), order.rend(), 0U);
    const Comparer plain(records, true), reversed(records, true, order);
    LevelCache cache(plain.fields(), plain.count()), other(plain.fields(), plain.count());
    for (int again = 0; again < 2; ++again) {
      for (std::uint32_t a = 0; a < records.count(); ++a) {
        for (std::uint32_t b = a + 1; b < records.count(); ++b) {
          const Pattern pattern = plain.pattern(a, b, cache);
          const std::uint32_t last = records.count() - 1;
          ASSERT_EQ(reversed.pattern(last - b, last - a, other), pattern);
          ASSERT_EQ(plain.pattern(b, a, cache), pattern);
          for (std::size_t f = 0; f < plain.fields(); ++f) {
            const std::uint32_t x = plain.row(a)[f], y = plain.row(b)[f];
            ASSERT_EQ(plain.level(f, x, y, cache), plain.fresh_level(f, x, y));
          }
        }
      }
    }
  }
}

TEST(CompareTest, NumbersWholeNamesOnceEach) {
  const Records records = make_records({given_spec(), family_spec()},
                                       {{"ana", "bo"}, {"ana", "bo"}, {"bo", "ana"}, {"ana", ""}});
  const Comparer comparer(records, true);
  EXPECT_EQ(comparer.whole_name(0), comparer.whole_name(1));
  EXPECT_NE(comparer.whole_name(0), comparer.whole_name(2));
  EXPECT_EQ(comparer.whole_name(3), 0U);
  EXPECT_EQ(comparer.whole_names_count(), 3U);
}

}  // namespace
}  // namespace clew::link
