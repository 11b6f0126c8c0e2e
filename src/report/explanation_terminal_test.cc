#include "report/explanation_terminal.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/report/sample.h"

namespace clew::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back().push_back(c);
    }
  }
  return lines;
}

TEST(ExplanationTerminalTest, StaysWithinItsWidth) {
  for (const std::size_t width : {60U, 80U, 90U, 100U}) {
    TerminalStyle style;
    style.width = width;
    for (const std::string& text :
         {to_terminal(sample::pair(), style), to_terminal(sample::entity("E7", 4), style)}) {
      for (const std::string& line : lines_of(text)) EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(ExplanationTerminalTest, EndsInTheTotalAndAProposal) {
  const std::string text = to_terminal(sample::pair(), {});
  EXPECT_NE(text.find("+4.89 bits, probability 0.9674: very likely one person"), text.npos);
  EXPECT_NE(text.find("A link is a proposal; a person must confirm it."), text.npos);
  EXPECT_NE(text.find("phone (not compared): the phones differ"), text.npos);
}

TEST(ExplanationTerminalTest, ColoursOnlyWhenAsked) {
  EXPECT_EQ(to_terminal(sample::pair(), {}).find('\x1b'), std::string::npos);
  EXPECT_NE(to_terminal(sample::pair(), {Colour::ansi, Values::masked, 90}).find("\x1b[34m"),
            std::string::npos);
}

TEST(ExplanationTerminalTest, MasksValuesUnlessShown) {
  EXPECT_EQ(to_terminal(sample::pair(), {}).find("okonjo"), std::string::npos);
  EXPECT_NE(to_terminal(sample::pair(), {Colour::plain, Values::shown, 90}).find("okonjo"),
            std::string::npos);
}

TEST(ExplanationTerminalTest, RecordIdsCannotSteerTheTerminal) {
  const std::string text = to_terminal(sample::pair("a:\x1b[2J", "b:1"), {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(ExplanationTerminalTest, BarsBeginWhereTheLastOneEnded) {
  link::Explanation explanation;
  explanation.record_a = "a:1";
  explanation.record_b = "b:1";
  explanation.terms = {{link::TermKind::prior, "", "", "", "", "", -10},
                       {link::TermKind::agreement, "name", "equal", "", "", "", 10}};
  const std::vector<std::string> lines = lines_of(to_terminal(explanation, {}));
  // Both terms cover the same range, so both lines carry the same bar.
  const auto bar = [](const std::string& line) { return line.substr(line.find("█")); };
  EXPECT_EQ(bar(lines[3]), bar(lines[4]));
}

TEST(ExplanationTerminalTest, DrawsWithoutTerms) {
  EXPECT_NE(to_terminal(link::Explanation{}, {}).find("0.00"), std::string::npos);
  EXPECT_NE(to_terminal(link::EntityExplanation{}, {}).find("0 records"), std::string::npos);
}

}  // namespace
}  // namespace clew::report
