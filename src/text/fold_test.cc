#include "text/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace clew::text {
namespace {

TEST(FoldTest, FoldsAsciiWithoutChangingWhatMatters) {
  EXPECT_EQ(fold("  O'Brien,  SMITH-Jones_x;y\t"), "o'brien smith-jones x y");
  EXPECT_EQ(fold("a\x01"
                 "b"),
            "ab");
  EXPECT_EQ(fold("`x` J. R."), "'x' j. r.");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold(" ,;_ "), "");
}

TEST(FoldTest, TakesDiacriticsFromLatinLettersOnly) {
  EXPECT_EQ(fold("Müller"), "muller");
  EXPECT_EQ(fold("MU\u0308LLER"), "muller");
  EXPECT_EQ(fold("Łódź"), "lodz");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("STRAẞE"), "strasse");
  EXPECT_EQ(fold("Ærø Œuvre Þór Đặng"), "aero oeuvre thor dang");
  EXPECT_EQ(fold("Nguyễn Thị Ánh"), "nguyen thi anh");
  EXPECT_EQ(fold("ﬁancée ﬂeur"), "fiancee fleur");  // ligatures
  EXPECT_EQ(fold("Əli"), "eli");
  EXPECT_EQ(fold("Й ё"), "й ё");
  EXPECT_EQ(fold("Αθήνα"), "αθήνα");
}

TEST(FoldTest, KnowsTheTurkishLetters) {
  EXPECT_EQ(fold("IŞIK"), "isik");
  EXPECT_EQ(fold("ışık"), "isik");
  EXPECT_EQ(fold("İstanbul"), "istanbul");
}

TEST(FoldTest, FoldsCaseInEveryScript) {
  EXPECT_EQ(fold("ИВАН"), "иван");
  EXPECT_EQ(fold("ΣΊΣΥΦΟΣ"), "σίσυφοσ");
  EXPECT_EQ(fold("σίσυφος"), "σίσυφοσ");
  EXPECT_EQ(fold("ԱՆԻ"), "անի");
}

TEST(FoldTest, KeepsOtherScripts) {
  EXPECT_EQ(fold("محمد"), "محمد");
  EXPECT_EQ(fold("مـحـمـد"), "محمد");                           // stretched
  EXPECT_EQ(fold("\uFE8D\uFEDF\uFEB4\uFEFC\uFEE1"), "السلام");  // presentation forms
  EXPECT_EQ(fold("שָׁלוֹם"), fold(fold("שָׁלוֹם")));
  EXPECT_EQ(fold("नमस्ते"), "नमस्ते");
  EXPECT_EQ(fold("王小明"), "王小明");
  EXPECT_EQ(fold("김민준"), "김민준");
  EXPECT_EQ(fold("ｶﾞｷﾞ"), "ガギ");  // half-width kana with voicing marks
  EXPECT_EQ(fold("マリア・ロペス"), "マリア ロペス");
  EXPECT_EQ(fold("ሰላም"), "ሰላም");
}

TEST(FoldTest, WritesDigitsOfEveryScriptAsAscii) {
  EXPECT_EQ(fold("٠١٢٣٤٥٦٧٨٩"), "0123456789");
  EXPECT_EQ(fold("۱۹۹۹-०५-１２"), "1999-05-12");
}

TEST(FoldTest, UnifiesApostrophesDashesAndBlanks) {
  EXPECT_EQ(fold("O’Brien Oʼbrien O´Brien O‘Brien"), "o'brien o'brien o'brien o'brien");
  EXPECT_EQ(fold("Anne–Marie Anne‐Marie"), "anne-marie anne-marie");
  EXPECT_EQ(fold("\u00A0a\u2003\u3000b\u00A0"), "a b");
  EXPECT_EQ(fold("a\u200B\u00ADb\uFEFF"), "ab");
  EXPECT_EQ(fold("احمد، علی"), "احمد علی");
}

TEST(FoldTest, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(fold("a\xFF"
                 "b"),
            "a\uFFFDb");
  EXPECT_EQ(fold("\xC3"), "\uFFFD");
}

TEST(FoldTest, DropsMarksThatStandOnNothing) { EXPECT_EQ(fold("\u0301a \u0301"), "a"); }

TEST(FoldTest, TreatsAsciiAlikeOnBothPaths) {
  EXPECT_TRUE(rc::check("the path without ICU equals the path with it", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    RC_ASSERT(fold(text + "x王") == fold(text + "x") + "王");
  }));
}

TEST(FoldTest, ChangesNothingTheSecondTime) {
  EXPECT_TRUE(rc::check("fold is idempotent and yields UTF-8", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const std::string once = fold(text);
    RC_ASSERT(fold(once) == once);
    RC_ASSERT(is_utf8(once));
  }));
}

TEST(LatinKeyTest, WritesOtherScriptsInLatinLetters) {
  EXPECT_EQ(latin_key("иван"), "ivan");
  EXPECT_EQ(latin_key("ольга"), "olga");
  EXPECT_EQ(latin_key("αθήνα"), "athena");
  EXPECT_EQ(latin_key("王小明"), "wang xiao ming");
  EXPECT_EQ(latin_key("김민준"), "gimminjun");
  EXPECT_EQ(latin_key("マリア"), "maria");
  EXPECT_EQ(latin_key("محمد"), "mhmd");
  EXPECT_EQ(latin_key("عمر"), "mr");
  EXPECT_EQ(latin_key("שלום"), "slwm");
  EXPECT_EQ(latin_key("राम"), "rama");
  EXPECT_EQ(latin_key("ሰላም"), "salam");
  EXPECT_EQ(latin_key("anna иванова"), "anna ivanova");
}

TEST(LatinKeyTest, IsEmptyWhenThereIsNothingToWrite) {
  EXPECT_EQ(latin_key("muller"), "");
  EXPECT_EQ(latin_key(""), "");
  EXPECT_EQ(latin_key("\uFFFD"), "");
}

TEST(SqueezeTest, KeepsLettersAndDigits) {
  EXPECT_EQ(squeeze("AB-12 3c"), "ab123c");
  EXPECT_EQ(squeeze("+49 (0)30/12-34"), "490301234");
  EXPECT_EQ(squeeze("ив-12 नि"), "ив12नि");
  EXPECT_EQ(squeeze("--"), "");
}

TEST(IsUtf8Test, FollowsTheStandard) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\u00e9\u4e00\U0001F600"));
  EXPECT_FALSE(is_utf8("\xC0\x80"));          // overlong
  EXPECT_FALSE(is_utf8("\xE0\x9F\xBF"));      // overlong
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(is_utf8("\xF0\x8F\xBF\xBF"));  // overlong
  EXPECT_FALSE(is_utf8("\xE4\xB8"));          // cut short
  EXPECT_FALSE(is_utf8("\x80"));
}

TEST(IsUtf8Test, AcceptsWhatFoldLeavesWithoutReplacement) {
  EXPECT_TRUE(rc::check("is_utf8 agrees with the decoder of fold", [] {
    const auto bytes = *rc::gen::container<std::string>(
        rc::gen::element('a', '\x80', '\xA0', '\xBF', '\xC2', '\xE0', '\xED', '\xF0', '\xF4',
                         '\x8F', '\x90', '\x9F'));
    RC_ASSERT(is_utf8(bytes) == (fold(bytes).find("\uFFFD") == std::string::npos));
  }));
}

}  // namespace
}  // namespace clew::text
