#include "text/words.h"

#include <gtest/gtest.h>

namespace clew::text {
namespace {

using Words = std::vector<std::string_view>;

TEST(WordsTest, SplitsAtBlanksAndPunctuation) {
  EXPECT_EQ(words("12, rue de l'est"), (Words{"12", "rue", "de", "l", "est"}));
  EXPECT_EQ(words("  a--b "), (Words{"a", "b"}));
  EXPECT_EQ(words("ул. мира"), (Words{"ул", "мира"}));
  EXPECT_EQ(words("...."), Words{});
  EXPECT_EQ(words(""), Words{});
}

}  // namespace
}  // namespace clew::text
