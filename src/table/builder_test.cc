#include "table/builder.h"

#include <gtest/gtest.h>

namespace clew::table {
namespace {

TEST(BuilderTest, LaterColumnsAreMissingInEarlierRows) {
  TableBuilder builder("x");
  builder.add_column("a", 1);
  const std::vector<std::string_view> first{"1"}, second{"2", "y"};
  const std::vector<std::uint32_t> line_two{2}, line_three{3};
  ASSERT_TRUE(builder.add_rows(first, line_two).has_value());
  builder.add_column("b", 3);
  ASSERT_TRUE(builder.add_rows(second, line_three).has_value());
  const Table table = std::move(builder).finish("").value();
  EXPECT_EQ(table.columns[1].ids, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(table.columns[1].values[1], "y");
}

TEST(BuilderTest, ProblemsBeyondTheLimitAreCounted) {
  TableBuilder builder("x");
  builder.add_column("a", 1);
  for (std::size_t i = 0; i < TableBuilder::kProblemsMax + 5; ++i) {
    builder.problem(i, "a", "a NUL byte", "field emptied");
  }
  const std::vector<std::string_view> fields{"1"};
  const std::vector<std::uint32_t> lines{2};
  ASSERT_TRUE(builder.add_rows(fields, lines).has_value());
  const Table table = std::move(builder).finish("").value();
  ASSERT_EQ(table.problems.size(), TableBuilder::kProblemsMax + 1);
  EXPECT_EQ(table.problems.back().what, "5 more problems");
}

TEST(BuilderTest, TooManyRejectedRowsAreAnError) {
  TableBuilder builder("x");
  for (std::size_t i = 0; i < TableBuilder::kRejectedMax; ++i) {
    ASSERT_TRUE(builder.reject(i, "bad", "").has_value());
  }
  EXPECT_FALSE(builder.reject(7, "bad", "").has_value());
}

TEST(BuilderTest, RejectedRowIsCutBetweenLetters) {
  TableBuilder builder("x");
  builder.add_column("a", 1);
  const std::string raw =
      std::string(TableBuilder::kRawBytesMax - 1, 'x') + "\xC3\xA9 and more\r\n";
  ASSERT_TRUE(builder.reject(1, "bad", raw).has_value());
  ASSERT_TRUE(builder.reject(2, "bad", "a\xFF\r\n").has_value());
  const std::vector<std::string_view> fields{"1"};
  const std::vector<std::uint32_t> lines{3};
  ASSERT_TRUE(builder.add_rows(fields, lines).has_value());
  const Table table = std::move(builder).finish("").value();
  EXPECT_EQ(table.rejected[0].raw, std::string(TableBuilder::kRawBytesMax - 1, 'x'));
  EXPECT_EQ(table.rejected[1].raw, "a\xEF\xBF\xBD");
}

TEST(BuilderTest, ManyColumnsOfOneNameStayFast) {
  TableBuilder builder("x");
  for (int i = 0; i < 4096; ++i) builder.add_column("a", 1);
  EXPECT_EQ(builder.columns().back().name, "a_4096");
}

}  // namespace
}  // namespace clew::table
