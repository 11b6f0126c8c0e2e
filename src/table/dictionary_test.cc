#include "table/dictionary.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

namespace clew::table {
namespace {

TEST(DictionaryTest, NumbersInTheOrderOfFirstAppearance) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.size(), 1U);
  EXPECT_EQ(dictionary.intern(""), 0U);
  EXPECT_EQ(dictionary.intern("b"), 1U);
  EXPECT_EQ(dictionary.intern("a"), 2U);
  EXPECT_EQ(dictionary.intern("b"), 1U);
  EXPECT_EQ(dictionary[0], "");
  EXPECT_EQ(dictionary[2], "a");
  EXPECT_EQ(dictionary.size(), 3U);
}

TEST(DictionaryTest, FindsOnlyWhatIsThere) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.find("x"), 0U);
  dictionary.intern("x");
  EXPECT_EQ(dictionary.find("x"), 1U);
  EXPECT_EQ(dictionary.find("y"), 0U);
  EXPECT_EQ(dictionary.find(""), 0U);
}

TEST(DictionaryTest, WorksOnAfterFreezing) {
  Dictionary dictionary;
  for (int i = 0; i < 1000; ++i) dictionary.intern(std::to_string(i));
  dictionary.freeze();
  EXPECT_EQ(dictionary.find("999"), 1000U);
  dictionary.freeze();
  EXPECT_EQ(dictionary.intern("500"), 501U);
  EXPECT_EQ(dictionary.intern("new"), 1001U);
}

TEST(DictionaryTest, TellsApartValuesThatDifferInAnyOneByte) {
  Dictionary dictionary;
  std::uint32_t expected = 0;
  for (std::size_t length = 1; length <= 40; ++length) {
    EXPECT_EQ(dictionary.intern(std::string(length, 'a')), ++expected);
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, 'a');
      text[at] = '\0';
      EXPECT_EQ(dictionary.intern(text), ++expected);
    }
  }
}

TEST(DictionaryTest, AgreesWithAMapAndBatchesAgreeWithSingleValues) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& words, bool freeze) {
    std::map<std::string, std::uint32_t> map{{"", 0}};
    Dictionary one_by_one, together;
    std::vector<std::uint32_t> expected, ids;
    std::vector<std::string_view> every_second;
    for (const std::string& word : words) {
      expected.push_back(map.emplace(word, static_cast<std::uint32_t>(map.size())).first->second);
      RC_ASSERT(one_by_one.intern(word) == expected.back());
      if (freeze) one_by_one.freeze();
      every_second.push_back(word);
      every_second.push_back("never");
    }
    if (!every_second.empty()) every_second.pop_back();
    together.intern_all(every_second, 2, ids);
    RC_ASSERT(ids == expected);
    RC_ASSERT(together.size() == map.size());
    RC_ASSERT(together.bytes() == one_by_one.bytes());
    RC_ASSERT(together.offsets() == one_by_one.offsets());
  }));
}

}  // namespace
}  // namespace clew::table
