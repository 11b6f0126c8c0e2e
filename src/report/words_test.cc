#include "report/words.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace clew::report {
namespace {

TEST(WordsTest, GroupsDigitsInThrees) {
  EXPECT_EQ(grouped(std::uint64_t{0}), "0");
  EXPECT_EQ(grouped(std::uint64_t{999}), "999");
  EXPECT_EQ(grouped(std::uint64_t{1000}), "1,000");
  EXPECT_EQ(grouped(1234567.4), "1,234,567");
  EXPECT_EQ(grouped(5e24), "5e+24");
}

TEST(WordsTest, KeepsTinySharesVisible) {
  EXPECT_EQ(percent(0.0423), "4.2%");
  EXPECT_EQ(percent(0.00042), "0.042%");
  EXPECT_EQ(percent(0.000001), "1 in 1,000,000");
  EXPECT_EQ(percent(0.99996), "99.996%");
  EXPECT_EQ(percent(1), "100.0%");
}

TEST(WordsTest, SaysChancesAsCountsOfPairs) {
  EXPECT_EQ(chance_in_words(0.997), "very likely one person: of 1,000 such pairs about 3 are not");
  EXPECT_EQ(chance_in_words(0.5), "as likely as not one person: of 100 such pairs about 50 are");
  EXPECT_EQ(chance_in_words(0.0002),
            "almost certainly not one person: of 10,000 such pairs about 2 are");
  EXPECT_EQ(chance_in_words(1.0),
            "almost certainly one person: of 1,000,000,000 such pairs less than 1 is not");
}

TEST(WordsTest, MasksAllButTheFirstLetterAndTheYear) {
  EXPECT_EQ(value_in_words("okonjo", "family_name", Values::masked), "o•••");
  EXPECT_EQ(value_in_words("łucja", "given_name", Values::masked), "ł•••");
  EXPECT_EQ(value_in_words("m", "sex", Values::masked), "•••");
  EXPECT_EQ(value_in_words("20110412", "birth_date", Values::masked), "2011-••");
  EXPECT_EQ(value_in_words("20110412/20120411", "birth_date", Values::masked),
            "2011-•• to 2012-••");
  EXPECT_EQ(value_in_words("+3361\x1f+3362", "phone", Values::masked), "+•••; +•••");
  EXPECT_EQ(value_in_words("", "phone", Values::masked), "");
}

TEST(WordsTest, MasksAPhoneThatLooksLikeADate) {
  EXPECT_EQ(value_in_words("20110412", "phone", Values::masked), "2•••");
}

TEST(WordsTest, ShowsDatesWithHyphensAndListsWithSemicolons) {
  EXPECT_EQ(value_in_words("20110412", "birth_date", Values::shown), "2011-04-12");
  EXPECT_EQ(value_in_words("201104", "birth_date", Values::shown), "2011-04");
  EXPECT_EQ(value_in_words("a\x1f"
                           "b",
                           "handle", Values::shown),
            "a; b");
}

TEST(WordsTest, NoMaskedValueTellsMoreThanOneLetterOfAName) {
  EXPECT_TRUE(rc::check([](const std::string& value) {
    const std::string masked = value_in_words(value, "family_name", Values::masked);
    std::size_t letters = 0, values = 1;
    for (const char c : value) values += c == '\x1f' ? 1 : 0;
    for (std::size_t at = 0; at < masked.size();) {
      if (masked.compare(at, 3, "•") == 0) {
        at += 3;
      } else if (masked.compare(at, 2, "; ") == 0) {
        at += 2;
      } else {
        do ++at;
        while (at < masked.size() && (static_cast<unsigned char>(masked[at]) & 0xC0) == 0x80);
        ++letters;
      }
    }
    RC_ASSERT(letters <= values);
  }));
}

TEST(WordsTest, PlainTextCannotSteerATerminal) {
  EXPECT_EQ(plain("a\x1b[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(plain("x\u202Ey"), "x\xEF\xBF\xBDy");
  EXPECT_EQ(plain("\xC3"), "\xEF\xBF\xBD");
  EXPECT_EQ(plain("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain("أمينة Łucja 王"), "أمينة Łucja 王");
}

TEST(WordsTest, FitsTextByColumnsNotBytes) {
  EXPECT_EQ(fitted("Łucja", 7), "Łucja  ");
  EXPECT_EQ(fitted("Łucja", 4), "Łuc…");
  EXPECT_EQ(fitted("王王王", 4), "王… ");
  EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(WordsTest, WrapsAtBlanks) {
  EXPECT_EQ(wrapped("one two  three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_TRUE(wrapped("", 7).empty());
}

}  // namespace
}  // namespace clew::report
