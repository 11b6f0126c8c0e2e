// Tests of how the words of the command line are understood.
#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace clew::cli {
namespace {

Arguments read(std::vector<const char*> words) {
  words.insert(words.begin(), "clew");
  return read_arguments(static_cast<int>(words.size()), words.data());
}

LinkArguments link_of(std::vector<const char*> words) {
  words.insert(words.begin(), {"link", "a.csv", "--out", "r"});
  const Arguments arguments = read(words);
  EXPECT_TRUE(std::holds_alternative<LinkArguments>(arguments));
  const auto* link = std::get_if<LinkArguments>(&arguments);
  return link == nullptr ? LinkArguments() : *link;
}

int exit_code_of(const std::vector<const char*>& words) {
  const Arguments arguments = read(words);
  const auto* answer = std::get_if<Answer>(&arguments);
  return answer == nullptr ? -1 : answer->exit_code;
}

TEST(ArgumentsTest, WrongLinksAreAWordAPercentageOrAShare) {
  EXPECT_EQ(link_of({"--wrong-links", "careful"}).wrong_links, 0.01);
  EXPECT_EQ(link_of({"--wrong-links", "balanced"}).wrong_links, 0.05);
  EXPECT_EQ(link_of({"--wrong-links", "2%"}).wrong_links, 0.02);
  EXPECT_EQ(link_of({"--wrong-links", "0.2"}).wrong_links, 0.2);
  EXPECT_EQ(link_of({}).wrong_links, std::nullopt);
  for (const char* wrong : {"0", "100%", "-1%", "5 %", "much", "nan", ""}) {
    EXPECT_EQ(exit_code_of({"link", "a", "--out", "r", "--wrong-links", wrong}), 2) << wrong;
  }
}

TEST(ArgumentsTest, MemoryIsAnAmountWithOrWithoutAUnit) {
  EXPECT_EQ(link_of({"--memory", "2G"}).memory_bytes, 2ULL << 30);
  EXPECT_EQ(link_of({"--memory", "500M"}).memory_bytes, 500ULL << 20);
  EXPECT_EQ(link_of({"--memory", "1.5GiB"}).memory_bytes, 3ULL << 29);
  EXPECT_EQ(link_of({"--memory", "64kB"}).memory_bytes, 64ULL << 10);
  EXPECT_EQ(link_of({"--memory", "1000000"}).memory_bytes, 1000000U);
  for (const char* wrong : {"0", "-1G", "G", "2X", "inf", "1e99"}) {
    EXPECT_EQ(exit_code_of({"link", "a", "--out", "r", "--memory", wrong}), 2) << wrong;
  }
}

TEST(ArgumentsTest, StandardInputIsAFile) {
  const Arguments arguments = read({"link", "-", "b.csv", "--out", "r"});
  EXPECT_EQ(std::get<LinkArguments>(arguments).files, (std::vector<std::string>{"-", "b.csv"}));
}

TEST(ArgumentsTest, ComponentsTakeAThreshold) {
  const LinkArguments link = link_of({"--cluster", "components", "--threshold", "0.9"});
  EXPECT_EQ(link.clustering, link::Clustering::components);
  EXPECT_EQ(link.threshold, 0.9);
  EXPECT_EQ(exit_code_of({"link", "a", "--out", "r", "--threshold", "0.9"}), 2);
}

TEST(ArgumentsTest, ExplainTakesOneEntityOrTwoRecords) {
  EXPECT_TRUE(std::holds_alternative<ExplainArguments>(read({"explain", "r", "E-1"})));
  EXPECT_TRUE(std::holds_alternative<ExplainArguments>(read({"explain", "r", "a:1", "b:2"})));
  EXPECT_EQ(exit_code_of({"explain", "r"}), 2);
  EXPECT_EQ(exit_code_of({"explain", "r", "a", "b", "c"}), 2);
  EXPECT_EQ(exit_code_of({"explain", "r", "a", "--json", "--html", "x"}), 2);
}

TEST(ArgumentsTest, ColourHasThreeWords) {
  const Arguments arguments = read({"explain", "r", "a", "--color", "never"});
  EXPECT_EQ(std::get<ExplainArguments>(arguments).colour, ColourWish::never);
  EXPECT_EQ(exit_code_of({"explain", "r", "a", "--color", "pink"}), 2);
}

TEST(ArgumentsTest, HelpIsNoError) {
  for (const char* command : {"link", "explain", "evaluate"}) {
    EXPECT_EQ(exit_code_of({command, "--help"}), 0) << command;
  }
  EXPECT_EQ(exit_code_of({"--version"}), 0);
  EXPECT_EQ(exit_code_of({"--nonsense"}), 2);
  EXPECT_EQ(exit_code_of({"nonsense"}), 2);
}

}  // namespace
}  // namespace clew::cli
