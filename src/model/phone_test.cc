#include "model/phone.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace clew::model {
namespace {

TEST(PhoneTest, WritesANumberOneWay) {
  for (const char* text : {"+33 6 12 34 56 78", "0033612345678", "+33 (0)6.12.34.56.78",
                           "+33-6-12-34-56-78 ext 4", "06 12 34 56 78", "٠٦١٢٣٤٥٦٧٨"}) {
    EXPECT_EQ(normalise_phone(text, "FR"), "+33612345678") << text;
  }
  EXPECT_EQ(normalise_phone("06 12 34 56 78", ""), "0612345678");
  EXPECT_EQ(normalise_phone("(212) 555-0100 x22", "US"), "+12125550100");
  EXPECT_EQ(normalise_phone("1-212-555-0100", "US"), "+12125550100");
  EXPECT_EQ(normalise_phone("8 912 345-67-89", "RU"), "+79123456789");
  EXPECT_EQ(normalise_phone("06 1234 5678", "IT"), "+390612345678");
}

TEST(PhoneTest, FewDigitsAreNoPhone) {
  EXPECT_EQ(normalise_phone("1234", "FR"), "");
  EXPECT_EQ(normalise_phone("none", "FR"), "");
  EXPECT_EQ(normalise_phone("", ""), "");
  EXPECT_EQ(normalise_phone("12345", ""), "12345");
}

TEST(PhoneTest, IsRecognisedByItsShape) {
  for (const char* text :
       {"+33 6 12 34 56 78", "0612345678", "(212) 555-0100", "555-0100 ext. 4"}) {
    EXPECT_TRUE(looks_like_phone(text)) << text;
  }
  for (const char* text : {"12", "ls8 9gb", "robert", "1234567890123456", "a@b.org"}) {
    EXPECT_FALSE(looks_like_phone(text)) << text;
  }
}

TEST(PhoneTest, KnowsCallingCodes) {
  EXPECT_EQ(calling_code("AE"), "971");
  EXPECT_EQ(calling_code("ZW"), "263");
  EXPECT_EQ(calling_code("GB"), "44");
  EXPECT_EQ(calling_code(""), "");
  EXPECT_EQ(calling_code("??"), "");
}

TEST(PhoneTest, NormalisingTwiceChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789+-(). x")));
    const std::string once = normalise_phone(text, "FR");
    RC_ASSERT(normalise_phone(once, "FR") == once);
    RC_ASSERT(std::all_of(once.begin(), once.end(),
                          [](char c) { return c == '+' || (c >= '0' && c <= '9'); }));
  }));
}

}  // namespace
}  // namespace clew::model
