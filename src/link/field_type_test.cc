#include "link/field_type.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "link/test_records.h"
#include "reference/linkage.h"

namespace clew::link {
namespace {

const std::vector<Comparison> kAll = {
    Comparison::exact, Comparison::jaro_winkler, Comparison::edits,
    Comparison::date,  Comparison::number,       Comparison::initial,
    Comparison::email, Comparison::tokens,       Comparison::point};

FieldSpec spec_of(Comparison comparison, std::vector<double> thresholds = {}) {
  FieldSpec spec = field_spec("x", Role::category, comparison);
  spec.thresholds = std::move(thresholds);
  return spec;
}

int fast_level(const FieldSpec& spec, const std::string& a, const std::string& b) {
  return field_type(spec.comparison).compare(spec, a, b);
}

int digest_level(const FieldSpec& spec, const std::string& a, const std::string& b) {
  const FieldType& type = field_type(spec.comparison);
  return type.level_by_digest(spec, digest(type.digest_kind(), a), digest(type.digest_kind(), b));
}

// What pre-tests and bounds say must be what the definition says.
void expect_level_of_twin(const FieldSpec& spec, const std::string& a, const std::string& b) {
  if (a.empty() || b.empty() || a == b) return;
  const int expected = reference::single_level(spec, a, b);
  ASSERT_EQ(fast_level(spec, a, b), expected)
      << comparison_name(spec.comparison) << ": " << a << " and " << b;
  const int by_digest = digest_level(spec, a, b);
  ASSERT_TRUE(by_digest == -1 || by_digest == expected)
      << comparison_name(spec.comparison) << ": " << a << " and " << b << " by digest "
      << by_digest;
}

std::vector<std::string> short_strings(const std::string& letters, std::size_t length_max) {
  std::vector<std::string> all{""};
  for (std::size_t begin = 0; all[begin].size() < length_max; ++begin) {
    for (const char letter : letters) all.push_back(all[begin] + letter);
  }
  return all;
}

TEST(FieldTypeTest, LevelsOfAllShortStringsAreThoseOfTheTwin) {
  const auto all = short_strings("ab ", 4);
  for (const Comparison comparison : kAll) {
    if (comparison == Comparison::date || comparison == Comparison::point) continue;
    const FieldSpec spec = spec_of(comparison);
    for (const auto& a : all) {
      for (const auto& b : all) ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
    }
  }
}

// Random strings over few and many letters, and one that is the other after some edits.
std::pair<std::string, std::string> near_pair(People& people, std::uint32_t length_max) {
  Rng& rng = people.rng();
  const std::uint32_t letters = 2 + rng.below(40);
  std::string a;
  for (std::uint32_t k = 1 + rng.below(length_max); k > 0; --k) {
    const std::uint32_t letter = rng.below(letters);
    a += letter < 26   ? static_cast<char>('a' + letter)
         : letter < 36 ? static_cast<char>('0' + letter - 26)
                       : " @.\xC3\xA9+"[letter - 36];
  }
  std::string b = a;
  for (std::uint32_t k = rng.below(4); k > 0; --k) b = people.edited(b);
  if (people.chance(0.2)) std::rotate(b.begin(), b.begin() + (b.size() > 1 ? 1 : 0), b.end());
  if (people.chance(0.2)) b += a.substr(0, 1 + rng.below(3));
  return {a, b};
}

TEST(FieldTypeTest, LevelsOfNearPairsAreThoseOfTheTwin) {
  const std::vector<FieldSpec> specs = {spec_of(Comparison::jaro_winkler),
                                        spec_of(Comparison::jaro_winkler, {0.97, 0.9, 0.7, 0.5}),
                                        spec_of(Comparison::jaro_winkler, {0.88}),
                                        spec_of(Comparison::email),
                                        spec_of(Comparison::email, {0.9, 0.6}),
                                        spec_of(Comparison::edits),
                                        spec_of(Comparison::edits, {1, 2, 4}),
                                        spec_of(Comparison::number),
                                        spec_of(Comparison::initial)};
  People people(11);
  for (int round = 0; round < 20000; ++round) {
    const auto [a, b] = near_pair(people, round % 20 == 0 ? 90 : 20);
    for (const FieldSpec& spec : specs) ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
  }
}

TEST(FieldTypeTest, LevelsOfWordSetsAreThoseOfTheTwin) {
  People people(12);
  const FieldSpec spec = spec_of(Comparison::tokens);
  for (int round = 0; round < 5000; ++round) {
    std::string a, b;
    for (std::uint32_t k = 1 + people.rng().below(4); k > 0; --k) {
      const std::string word = people.word(1 + people.rng().below(3));
      if (people.chance(0.8)) a += (a.empty() ? "" : " ") + word;
      if (people.chance(0.8)) b = (people.chance(0.3) ? people.edited(word) : word) + " " + b;
    }
    ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
  }
}

TEST(FieldTypeTest, LevelsOfPointsAreThoseOfTheTwin) {
  People people(13);
  const FieldSpec spec = spec_of(Comparison::point);
  for (int round = 0; round < 5000; ++round) {
    const std::string a = people.value(Comparison::point);
    std::string b = people.value(Comparison::point);
    if (people.chance(0.5)) b = a.substr(0, a.size() - 2) + people.digits(2);
    if (people.chance(0.05)) b = people.word(1);
    ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
  }
}

TEST(FieldTypeTest, LevelsOfRandomBytesAreThoseOfTheTwin) {
  EXPECT_TRUE(rc::check("any two strings have the level of the twin", [] {
    const auto a = *rc::gen::arbitrary<std::string>();
    const auto b = *rc::gen::oneOf(rc::gen::arbitrary<std::string>(), rc::gen::just(a + "a"));
    RC_PRE(!a.empty() && !b.empty() && a != b);
    for (const Comparison c : {Comparison::jaro_winkler, Comparison::edits, Comparison::email,
                               Comparison::number, Comparison::initial}) {
      const FieldSpec spec = spec_of(c);
      const int expected = reference::single_level(spec, a, b);
      RC_ASSERT(fast_level(spec, a, b) == expected);
      const int by_digest = digest_level(spec, a, b);
      RC_ASSERT(by_digest == -1 || by_digest == expected);
    }
  }));
}

// Every date that is one or two digits, or one exchange of any two digits, away.
TEST(FieldTypeTest, LevelsOfAllNearDatesAreThoseOfTheTwin) {
  const FieldSpec spec = spec_of(Comparison::date);
  for (const std::string a :
       {"19990403", "20000101", "20111211", "19880808", "20020229", "19121219"}) {
    for (std::size_t i = 0; i < 8; ++i) {
      for (std::size_t j = i; j < 8; ++j) {
        for (int x = 0; x < (i == j ? 10 : 100); ++x) {
          std::string b = a;
          b[i] = static_cast<char>('0' + x % 10);
          if (i != j) b[j] = static_cast<char>('0' + x / 10);
          ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
          std::swap(b[4], b[6]);
          std::swap(b[5], b[7]);
          ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
          ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, b, a));
        }
        std::string b = a;
        std::swap(b[i], b[j]);
        ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
      }
      for (std::size_t to = 0; to < 8; ++to) {  // a digit moved elsewhere: the rest shifts
        std::string b = a;
        b.erase(i, 1);
        b.insert(to, 1, a[i]);
        ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
      }
    }
  }
}

TEST(FieldTypeTest, LevelsOfRandomDatesAreThoseOfTheTwin) {
  People people(14);
  const FieldSpec spec = spec_of(Comparison::date);
  for (int round = 0; round < 50000; ++round) {
    const std::string a = people.date();
    std::string b = people.date();
    if (round % 2 == 0) b = people.edited_date(people.chance(0.5) ? a : people.edited_date(a));
    ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec, a, b));
  }
}

TEST(FieldTypeTest, DatesDifferByTheirLikelySlips) {
  const FieldSpec spec = spec_of(Comparison::date);
  EXPECT_EQ(fast_level(spec, "19990403", "19990404"), 4);  // one digit
  EXPECT_EQ(fast_level(spec, "19990403", "19990430"), 4);  // neighbours exchanged
  EXPECT_EQ(fast_level(spec, "19990412", "19991204"), 4);  // day and month exchanged
  EXPECT_EQ(fast_level(spec, "19990403", "19991127"), 3);  // same year
  EXPECT_EQ(fast_level(spec, "19990403", "20010403"), 3);  // same day of the year
  EXPECT_EQ(fast_level(spec, "19990403", "19980404"), 2);  // two digits
  EXPECT_EQ(fast_level(spec, "19990403", "20011127"), kDiffer);
}

TEST(FieldTypeTest, LettersSharedAreNeverUnderestimated) {
  People people(15);
  for (int round = 0; round < 20000; ++round) {
    const auto [a, b] = near_pair(people, 60);
    std::multiset<char> left(b.begin(), b.end());
    int shared = 0;
    for (const char c : a) {
      const auto at = left.find(c);
      if (at == left.end()) continue;
      left.erase(at);
      ++shared;
    }
    const SharedLetters by_digest =
        shared_letters(digest(Digest::letters, a), digest(Digest::letters, b));
    ASSERT_TRUE(by_digest.most < 0 || by_digest.most >= shared) << a << " and " << b;
  }
}

TEST(FieldTypeTest, LevelsOfLongValuesAreThoseOfTheTwin) {
  for (const std::size_t length : {200U, 255U, 256U, 300U, 600U}) {
    const std::string a(length, 'a'), b = a + "b";
    for (const Comparison c : {Comparison::jaro_winkler, Comparison::edits, Comparison::email}) {
      ASSERT_NO_FATAL_FAILURE(expect_level_of_twin(spec_of(c), a, b)) << length;
    }
  }
}

TEST(FieldTypeTest, NamesEveryLevelDifferently) {
  for (const Comparison comparison : kAll) {
    const FieldSpec spec = spec_of(comparison);
    const FieldType& type = field_type(comparison);
    EXPECT_EQ(type.equal_level(spec), reference::equal_level(spec));
    std::set<std::string> words;
    for (int l = 1; l <= type.equal_level(spec); ++l) words.insert(type.level_words(spec, l));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(type.equal_level(spec)))
        << comparison_name(comparison);
    EXPECT_EQ(words.count(""), 0U);
    EXPECT_LT(type.equal_level(spec) + 1 + kPartialLevels, kScaleMax);
  }
}

std::multiset<std::string> keys_of(const FieldSpec& spec, const std::string& text) {
  const FieldType& type = field_type(spec.comparison);
  const auto parts = type.parts(spec);
  std::vector<KeyPart> keys;
  type.keys(spec, text, keys);
  std::multiset<std::string> found;
  for (const KeyPart& key : keys) found.insert(parts.at(key.part) + "=" + key.text);
  return found;
}

TEST(FieldTypeTest, BlocksByPartsOfAValue) {
  using Keys = std::multiset<std::string>;
  EXPECT_EQ(keys_of(family_spec(), "robertson"),
            (Keys{"=robertson", "first3=rob", "last4=tson", "soundex=r163"}));
  EXPECT_EQ(keys_of(family_spec(), "li"), (Keys{"=li", "first3=li", "soundex=l"}));
  EXPECT_EQ(keys_of(street_spec(), "market street"), (Keys{"=market street", "first4=mark"}));
  EXPECT_EQ(keys_of(birth_spec(), "19990403"),
            (Keys{"=19990403", "month_day=0403", "year=1999", "year_month=199904"}));
  EXPECT_EQ(keys_of(birth_spec(), "1999"), (Keys{"year=1999"}));
  EXPECT_EQ(keys_of(birth_spec(), "199904"), (Keys{"year=1999", "year_month=199904"}));
  EXPECT_EQ(keys_of(phone_spec(), "1234567"),
            (Keys{"=1234567", "first_half=1234", "second_half=4567"}));
  EXPECT_EQ(keys_of(spec_of(Comparison::tokens), "12 rue de la paix"),
            (Keys{"=12 rue de la paix", "word=rue", "word=paix"}));
}

TEST(FieldTypeTest, BlocksAnIntervalByItsYearsUnlessItIsWide) {
  using Keys = std::multiset<std::string>;
  EXPECT_EQ(keys_of(birth_spec(), "20081124/20091123"), (Keys{"year=2008", "year=2009"}));
  EXPECT_EQ(keys_of(birth_spec(), "20060101/20091231").size(), 4U);
  EXPECT_TRUE(keys_of(birth_spec(), "20000101/20171231").empty());
}

}  // namespace
}  // namespace clew::link
