#include "text/similarity.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <climits>
#include <string>
#include <vector>

#include "base/rng.h"
#include "reference/similarity.h"

namespace clew::text {
namespace {

// All strings of up to `length_max` letters over a, b and c.
std::vector<std::string> all_short_strings(std::size_t length_max) {
  std::vector<std::string> all{""};
  for (std::size_t begin = 0; all[begin].size() < length_max; ++begin) {
    for (const char letter : {'a', 'b', 'c'}) all.push_back(all[begin] + letter);
  }
  return all;
}

// Pairs of strings that share much: the second is the first with some edits.
struct Pair {
  std::string a;
  std::string b;
};

Pair edited_pair(std::size_t length_max) {
  const char last = *rc::gen::element('b', 'd', 'z');
  const auto letter = rc::gen::inRange<char>('a', static_cast<char>(last + 1));
  const auto length = *rc::gen::inRange<std::size_t>(0, length_max + 1);
  const std::string a = *rc::gen::container<std::string>(length, letter);
  std::string b = a;
  const int edits = *rc::gen::inRange(0, 8);
  for (int i = 0; i < edits && !b.empty(); ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, b.size());
    switch (*rc::gen::inRange(0, 5)) {
      case 0:
        b.erase(at, 1);
        break;
      case 1:
        b.insert(at, 1, *letter);
        break;
      case 2:
        b[at] = *letter;
        break;
      case 3:
        std::swap(b[at], b[at / 2]);
        break;
      default:
        std::swap(b[at], b[at > 0 ? at - 1 : 0]);
        break;
    }
  }
  if (*rc::gen::inRange(0, 6) == 0) b = *rc::gen::container<std::string>(letter);
  return {a, b};
}

void expect_edits_agree(const std::string& a, const std::string& b, int max) {
  ASSERT_EQ(levenshtein(a, b, max), std::min(reference::levenshtein(a, b), max + 1))
      << a << " " << b << " " << max;
  ASSERT_EQ(osa(a, b, max), std::min(reference::osa(a, b), max + 1)) << a << " " << b << " " << max;
}

TEST(JaroWinklerTest, AgreesWithThePublishedExamples) {
  EXPECT_NEAR(jaro_winkler("MARTHA", "MARHTA"), 0.961111, 1e-6);
  EXPECT_NEAR(jaro_winkler("DIXON", "DICKSONX"), 0.813333, 1e-6);
  EXPECT_NEAR(jaro_winkler("DWAYNE", "DUANE"), 0.84, 1e-6);
}

TEST(JaroWinklerTest, TreatsEmptyStringsAsEqualToEachOtherOnly) {
  EXPECT_EQ(jaro_winkler("", ""), 1.0);
  EXPECT_EQ(jaro_winkler("", "a"), 0.0);
  EXPECT_EQ(jaro_winkler("a", ""), 0.0);
}

TEST(JaroWinklerTest, ForgivesNoPrefixUpToTheBoostThreshold) {
  // Jaro = (2/4 + 2/4 + 1)/3 = 2/3, although two letters in front agree.
  EXPECT_DOUBLE_EQ(jaro_winkler("abcd", "abxy"), 2.0 / 3.0);
}

TEST(JaroWinklerTest, TellsZeroBytesFromNothing) {
  EXPECT_EQ(jaro_winkler(std::string(1, '\0'), "a"), 0.0);
  EXPECT_LT(jaro_winkler("ab", std::string("ab\0", 3)), 1.0);
}

TEST(JaroWinklerTest, EqualsItsTwinOnAllShortStrings) {
  const auto all = all_short_strings(4);
  ASSERT_EQ(all.size(), 121U);
  for (const auto& a : all) {
    for (const auto& b : all) ASSERT_EQ(jaro_winkler(a, b), reference::jaro_winkler(a, b));
  }
}

TEST(JaroWinklerTest, EqualsItsTwinAndIsSymmetric) {
  for (const std::size_t length_max : {std::size_t{15}, std::size_t{40}, std::size_t{90}}) {
    EXPECT_TRUE(rc::check("fast jaro_winkler equals slow", [=] {
      const auto [a, b] = edited_pair(length_max);
      RC_ASSERT(jaro_winkler(a, b) == reference::jaro_winkler(a, b));
      RC_ASSERT(std::abs(jaro_winkler(a, b) - jaro_winkler(b, a)) < 1e-15);
      RC_ASSERT(jaro_winkler(a, a) == 1.0);
    }));
  }
}

TEST(EditsTest, AgreeWithThePublishedExamples) {
  EXPECT_EQ(levenshtein("kitten", "sitting", 10), 3);
  EXPECT_EQ(levenshtein("saturday", "sunday", 10), 3);
  EXPECT_EQ(levenshtein("ca", "abc", 10), 3);
  EXPECT_EQ(osa("ca", "abc", 10), 3);  // the unrestricted distance would be 2
  EXPECT_EQ(levenshtein("ab", "ba", 10), 2);
  EXPECT_EQ(osa("ab", "ba", 10), 1);
}

TEST(EditsTest, StopAtTheBound) {
  EXPECT_EQ(levenshtein("kitten", "sitting", 3), 3);
  EXPECT_EQ(levenshtein("kitten", "sitting", 2), 3);
  EXPECT_EQ(levenshtein("kitten", "sitting", 0), 1);
  EXPECT_EQ(osa("kitten", "kitten", 0), 0);
  EXPECT_EQ(osa("", "abc", 1), 2);
  EXPECT_EQ(osa("", "abc", INT_MAX), 3);
  EXPECT_EQ(levenshtein(std::string(70, 'a'), std::string(90, 'b'), INT_MAX), 90);
}

TEST(EditsTest, EqualTheirTwinsOnAllShortStrings) {
  const auto all = all_short_strings(4);
  for (const auto& a : all) {
    for (const auto& b : all) {
      for (int max = 0; max <= 5; ++max) ASSERT_NO_FATAL_FAILURE(expect_edits_agree(a, b, max));
    }
  }
}

TEST(EditsTest, EqualTheirTwins) {
  for (const std::size_t length_max : {std::size_t{16}, std::size_t{40}, std::size_t{90}}) {
    EXPECT_TRUE(rc::check("fast edit distances equal slow ones", [=] {
      const auto [a, b] = edited_pair(length_max);
      const int max = *rc::gen::element(0, 1, 2, 3, 4, 7, 20, 100);
      RC_ASSERT(levenshtein(a, b, max) == std::min(reference::levenshtein(a, b), max + 1));
      RC_ASSERT(osa(a, b, max) == std::min(reference::osa(a, b), max + 1));
      RC_ASSERT(osa(b, a, max) == osa(a, b, max));
    }));
  }
}

// RapidCheck draws a hundred cases a run; this draws many, the same in every run.
TEST(EditsTest, AndJaroWinklerEqualTheirTwinsOnManyPairs) {
  Rng rng(7);
  for (int round = 0; round < 30000; ++round) {
    const std::uint32_t letters = 2 + rng.below(4);
    const auto letter = [&] { return static_cast<char>('a' + rng.below(letters)); };
    std::string a(rng.below(round % 10 == 0 ? 70 : 18), ' ');
    for (char& c : a) c = letter();
    std::string b = a;
    for (std::uint32_t edits = rng.below(6); edits > 0 && b.size() > 1; --edits) {
      const std::uint32_t at = rng.below(static_cast<std::uint32_t>(b.size() - 1));
      switch (rng.below(4)) {
        case 0:
          b.erase(at, 1);
          break;
        case 1:
          b.insert(at, 1, letter());
          break;
        case 2:
          b[at] = letter();
          break;
        default:
          std::swap(b[at], b[at + 1]);
          break;
      }
    }
    ASSERT_NO_FATAL_FAILURE(expect_edits_agree(a, b, static_cast<int>(rng.below(6))));
    ASSERT_EQ(jaro_winkler(a, b), reference::jaro_winkler(a, b)) << a << " " << b;
  }
}

TEST(TokenOverlapTest, PairsWordsWithinOneEditOnlyWhenTheyAreLong) {
  EXPECT_EQ(token_overlap("rue de la paix 12", "12, rue de la paix"), 1.0);
  EXPECT_EQ(token_overlap("green street", "gren street"), 0.5);  // "gren" has four letters
  EXPECT_EQ(token_overlap("market street", "marekt street"), 1.0);
  EXPECT_EQ(token_overlap("anna maria", "anna"), 1.0);
  EXPECT_EQ(token_overlap("anna anna", "anna maria"), 0.5);
  EXPECT_EQ(token_overlap("", "anna"), 0.0);
  EXPECT_EQ(token_overlap(" - ", "anna"), 0.0);
}

TEST(TokenOverlapTest, FindsTheBestPairingWhateverTheOrder) {
  // "street" could take "streets" and leave "streetz" alone; the best pairing joins both.
  EXPECT_EQ(token_overlap("street streetz", "streets street"), 1.0);
  EXPECT_EQ(token_overlap("streetz street", "street streets"), 1.0);
}

TEST(TokenOverlapTest, EqualsItsTwin) {
  EXPECT_TRUE(rc::check("fast token_overlap equals slow", [] {
    const auto word = rc::gen::element<std::string>("street", "streets", "stret", "tsreet", "road",
                                                    "rod", "12", "", "steret", "sstreet");
    const auto gap = rc::gen::element<std::string>(" ", "-", ", ", "'");
    const auto text = [&] {
      std::string joined;
      const int count = *rc::gen::inRange(0, 6);
      for (int i = 0; i < count; ++i) joined += *word + *gap;
      return joined;
    };
    const std::string a = text();
    const std::string b = text();
    RC_ASSERT(token_overlap(a, b) == reference::token_overlap(a, b));
    RC_ASSERT(token_overlap(a, b) == token_overlap(b, a));
    const std::string padding(65, ' ');
    RC_ASSERT(token_overlap(a + padding, b) == token_overlap(a, b));
  }));
}

TEST(TokenOverlapTest, LooksAtTheFirst256Words) {
  std::string many;
  for (int i = 0; i < 256; ++i) many += "x ";
  EXPECT_EQ(token_overlap(many + "anna", "anna"), 0.0);
  EXPECT_EQ(token_overlap("anna " + many, "anna"), 1.0);
}

TEST(SoundexTest, AgreesWithThePublishedExamples) {
  EXPECT_EQ(soundex("Robert"), "r163");
  EXPECT_EQ(soundex("Rupert"), "r163");
  EXPECT_EQ(soundex("Tymczak"), "t522");
  EXPECT_EQ(soundex("Pfister"), "p236");
  EXPECT_EQ(soundex("Honeyman"), "h555");
  EXPECT_EQ(soundex("Ashcraft"), "a261");
  EXPECT_EQ(soundex("Lee"), "l");
}

TEST(SoundexTest, CodesTheFirstWordOfLetters) {
  EXPECT_EQ(soundex("12 lee street"), "l");
  EXPECT_EQ(soundex("o'brien"), "o165");
  EXPECT_EQ(soundex("smith-jones"), "s53");
  EXPECT_EQ(soundex("42"), "");
  EXPECT_EQ(soundex(""), "");
  EXPECT_EQ(soundex("\xD0\x9E\xD0\xBB\xD1\x8F"), "");
}

TEST(SoundexTest, EqualsItsTwin) {
  for (const auto& a : all_short_strings(6)) ASSERT_EQ(soundex(a), reference::soundex(a)) << a;
  EXPECT_TRUE(rc::check("fast soundex equals slow", [] {
    const auto letter = rc::gen::element('b', 'f', 'c', 's', 'd', 'l', 'm', 'r', 'h', 'w', 'a', 'y',
                                         'A', 'Z', '\'', ' ', '1');
    const std::string a = *rc::gen::container<std::string>(letter);
    RC_ASSERT(soundex(a) == reference::soundex(a));
  }));
}

TEST(DistanceTest, AgreesWithKnownDistances) {
  EXPECT_EQ(distance_km(48.8566, 2.3522, 48.8566, 2.3522), 0.0);
  EXPECT_NEAR(distance_km(0, 0, 0, 180), 6371.0088 * 3.14159265358979, 1e-6);  // half way round
  EXPECT_NEAR(distance_km(90, 0, -90, 77), 6371.0088 * 3.14159265358979, 1e-6);
  EXPECT_NEAR(distance_km(0, 179.5, 0, -179.5), 111.195, 1e-2);             // across the date line
  EXPECT_NEAR(distance_km(48.8566, 2.3522, 51.5074, -0.1278), 343.6, 0.5);  // Paris to London
}

TEST(DistanceTest, EqualsItsTwin) {
  EXPECT_TRUE(rc::check("haversine equals the angle between vectors", [] {
    const auto degrees = [](int most) { return *rc::gen::inRange(-most, most + 1) / 1000.0; };
    const double latitude_a = degrees(90000);
    const double longitude_a = degrees(180000);
    const double latitude_b = degrees(90000);
    const double longitude_b = degrees(180000);
    const double fast = distance_km(latitude_a, longitude_a, latitude_b, longitude_b);
    const double slow = reference::distance_km(latitude_a, longitude_a, latitude_b, longitude_b);
    RC_ASSERT(std::abs(fast - slow) < 1e-3);  // a metre; haversine loses digits at the far side
  }));
}

}  // namespace
}  // namespace clew::text
