#include "report/link_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "report/explanation_html.h"
#include "report/page.h"
#include "tests/report/sample_run.h"

namespace clew::report {
namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// Every element that is opened is closed in order; void elements aside.
std::string first_unbalanced(const std::string& html) {
  const std::set<std::string> voids = {"meta", "line", "rect", "circle", "!DOCTYPE"};
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    const bool closes = html[at + 1] == '/';
    const std::size_t begin = at + (closes ? 2 : 1);
    const std::string name = html.substr(begin, html.find_first_of(" >\n/", begin) - begin);
    if (voids.contains(name)) continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return name;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

// Ids are unique, so that every aria-labelledby names one thing.
bool ids_are_unique(const std::string& html) {
  std::set<std::string> seen;
  for (std::size_t at = html.find(" id=\""); at != html.npos; at = html.find(" id=\"", at + 1)) {
    const std::size_t begin = at + 5;
    if (!seen.insert(html.substr(begin, html.find('"', begin) - begin)).second) return false;
  }
  return true;
}

TEST(PageTest, EscapesEverySignOfHtml) {
  EXPECT_EQ(escaped("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  EXPECT_EQ(escaped("\x1b"), "\xEF\xBF\xBD");
}

TEST(LinkReportTest, IsOneWellFormedPageWithoutNetwork) {
  const sample::Run run = sample::run();
  const std::string html = link_report(run.input());
  EXPECT_EQ(first_unbalanced(html), "");
  EXPECT_TRUE(ids_are_unique(html));
  for (const std::string_view loads :
       {"http://", "https://", "src=", "@import", "url(", "<script"}) {
    EXPECT_FALSE(holds(html, loads)) << loads;
  }
  EXPECT_EQ(html.find("<h1>"), html.rfind("<h1>"));
}

TEST(LinkReportTest, MasksValuesUnlessShown) {
  const sample::Run run = sample::run();
  const std::string masked = link_report(run.input());
  EXPECT_FALSE(holds(masked, "okonjo"));
  EXPECT_FALSE(holds(masked, "haddad"));
  EXPECT_FALSE(holds(masked, "12345678"));  // a frequent phone may still be somebody's
  EXPECT_TRUE(holds(masked, "unknown"));
  EXPECT_TRUE(holds(masked, "2010-01-01"));
  const std::string shown = link_report(run.input(Values::shown));
  EXPECT_TRUE(holds(shown, "haddad"));
}

TEST(LinkReportTest, NoValueBecomesMarkup) {
  const sample::Run run = sample::run();
  const std::string shown = link_report(run.input(Values::shown));
  EXPECT_FALSE(holds(shown, "<b>o"));
  EXPECT_TRUE(holds(shown, "&lt;b&gt;o&#39;neill&lt;/b&gt;"));
}

TEST(LinkReportTest, StatesTheFiguresOfTheRun) {
  const sample::Run run = sample::run();
  const std::string html = link_report(run.input());
  EXPECT_TRUE(holds(html, "<dd>600</dd>"));
  EXPECT_TRUE(holds(html, "<dd>385</dd>"));  // 1 + 15 + 30 + 100 + 239 entities
  EXPECT_TRUE(holds(html, "<dd>146</dd>"));
  EXPECT_TRUE(holds(html, "<dd>2.1%</dd>"));
  EXPECT_TRUE(holds(html, "23,100"));  // pairs of a hub that were not compared
  EXPECT_TRUE(holds(html, "header says date of birth (French)"));
  EXPECT_TRUE(holds(html, "proposal"));
}

TEST(LinkReportTest, SameInputGivesSameBytes) {
  const sample::Run run = sample::run();
  EXPECT_EQ(link_report(run.input()), link_report(sample::run().input()));
}

TEST(LinkReportTest, AnEmptyRunStillGivesAPage) {
  sample::Run run;
  const std::string html = link_report(run.input());
  EXPECT_EQ(first_unbalanced(html), "");
  EXPECT_TRUE(holds(html, "No entity of two records or more was proposed."));
}

TEST(ExamplesTest, AreDiverseAndNeverTwice) {
  const sample::Run run = sample::run();
  const std::vector<Example> examples = choose_examples(run.records, run.outcome, 10);
  ASSERT_EQ(examples.size(), 10U);
  EXPECT_EQ(examples[0].entity, 0U);  // the one of eleven records
  std::set<std::uint32_t> entities;
  std::set<std::string> whys;
  for (const Example& example : examples) {
    entities.insert(example.entity);
    whys.insert(example.why);
  }
  EXPECT_EQ(entities.size(), 10U);
  EXPECT_EQ(whys.size(), 4U);
}

TEST(ExamplesTest, AreAsManyAsThereAre) {
  sample::Run run = sample::run();
  for (std::uint32_t r = 11; r < run.outcome.entity.size(); ++r) run.outcome.entity[r] = r;
  run.outcome.merges.clear();
  EXPECT_EQ(choose_examples(run.records, run.outcome, 10).size(), 1U);
}

TEST(ExplanationPageTest, IsWellFormedAndMasked) {
  for (const std::string& html : {explanation_page(sample::pair("a:<1>", "b:2"), Values::masked),
                                  explanation_page(sample::entity("E7", 4), Values::masked),
                                  explanation_page(link::Explanation{}, Values::masked),
                                  explanation_page(link::EntityExplanation{}, Values::masked)}) {
    EXPECT_EQ(first_unbalanced(html), "");
    EXPECT_TRUE(ids_are_unique(html));
    EXPECT_FALSE(holds(html, "okonjo"));
  }
  EXPECT_TRUE(holds(explanation_page(sample::pair(), Values::shown), "2011-04-12"));
}

// Leaves the pages where a person, or the accessibility check, can look at them.
TEST(LinkReportTest, PagesCanBeWrittenAndReadBack) {
  const sample::Run run = sample::run();
  const std::string folder = testing::TempDir() + "clew_pages_";
  for (const auto& [name, html] :
       {std::pair<std::string, std::string>{"report.html", link_report(run.input())},
        {"report_shown.html", link_report(run.input(Values::shown))},
        {"pair.html", explanation_page(sample::pair(), Values::shown)},
        {"entity.html", explanation_page(sample::entity("E7", 3), Values::masked)}}) {
    std::ofstream(folder + name, std::ios::binary) << html;
    std::ifstream back(folder + name, std::ios::binary);
    const std::string read((std::istreambuf_iterator<char>(back)),
                           std::istreambuf_iterator<char>());
    EXPECT_EQ(read, html);
  }
}

}  // namespace
}  // namespace clew::report
