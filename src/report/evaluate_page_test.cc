#include "report/evaluate_page.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/rng.h"
#include "tests/report/sample.h"

namespace clew::report {
namespace {

// 400 records in pairs, some wrongly joined or missed, with scores that are a little too sure.
struct Sample {
  std::vector<std::uint32_t> entity, truth;
  std::vector<link::Edge> edges;
  link::Evaluation evaluation;

  Sample() {
    Rng rng(3);
    for (std::uint32_t r = 0; r < 400; ++r) {
      truth.push_back(1 + r / 2);
      entity.push_back(r % 20 == 3 ? r : r / 2 * 2);
      if (r % 40 == 8) entity.back() = r - 2;
    }
    for (std::uint32_t a = 0; a + 3 < 400; ++a) {
      for (std::uint32_t b = a + 1; b < a + 3; ++b) {
        const bool one = truth[a] == truth[b];
        if (rng.below(9) != 0) edges.push_back({a, b, (one ? 4 : -4) + 12 * (rng.uniform() - .5)});
      }
    }
    link::EvaluationInput input;
    input.entity = entity;
    input.truth = truth;
    input.edges = edges;
    input.estimates = {.03, .05, 200, 0};
    evaluation = link::evaluate(input);
  }

  EvaluationView view() const {
    return {evaluation, [](std::uint32_t r) { return "hotline:" + std::to_string(r); },
            [](std::uint32_t a, std::uint32_t b) {
              return sample::pair("hotline:" + std::to_string(a), "hotline:" + std::to_string(b));
            }};
  }
};

TEST(EvaluatePageTest, ShowsRatesCalibrationAndErrors) {
  const Sample sample;
  const std::string html = evaluation_page(sample.view(), Values::masked);
  std::ofstream(testing::TempDir() + "clew_pages_evaluate.html", std::ios::binary) << html;
  for (const std::string_view part : {"B-cubed", "calibration-chart", "The worst wrong links",
                                      "wrong-1-t", "missed-1-t", "3.0%"}) {
    EXPECT_NE(html.find(part), html.npos) << part;
  }
  EXPECT_EQ(html.find("okonjo"), html.npos);
}

TEST(EvaluatePageTest, JsonHoldsTheSameFigures) {
  const Sample sample;
  const auto json = read_json(write_json(evaluation_json(sample.view())));
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ((*json)["pairwise"]["f1"].number(), sample.evaluation.pairwise.f1);
  EXPECT_EQ((*json)["bcubed"]["recall"].number(), sample.evaluation.bcubed.recall);
  EXPECT_EQ((*json)["calibration"]["bins"].items().size(), sample.evaluation.bins.size());
  EXPECT_EQ((*json)["true_pairs"]["never_compared"].number(),
            static_cast<double>(sample.evaluation.true_pairs_lost));
}

TEST(EvaluatePageTest, TextNamesEveryFigure) {
  const Sample sample;
  const std::string text = evaluation_text(sample.view(), {});
  for (const std::string_view part :
       {"precision", "B-cubed", "expected calibration error", "never compared", "Worst wrong",
        "Worst missed", "largest entity found"}) {
    EXPECT_NE(text.find(part), text.npos) << part;
  }
}

TEST(EvaluatePageTest, WorksWithoutAnyTruth) {
  const link::Evaluation nothing;
  const EvaluationView view{nothing, [](std::uint32_t) { return std::string(); }, {}};
  EXPECT_NE(evaluation_page(view, Values::masked).find("There are none."), std::string::npos);
  EXPECT_FALSE(evaluation_text(view, {}).empty());
}

// Wilson (1927): 8 of 10 gives .490 to .943.
TEST(EvaluatePageTest, IntervalOfAShareIsWilsons) {
  EXPECT_NEAR(share_interval(8, 10).low, 0.4901, 1e-4);
  EXPECT_NEAR(share_interval(8, 10).high, 0.9433, 1e-4);
  EXPECT_EQ(share_interval(0, 0).high, 1);
  EXPECT_EQ(share_interval(0, 20).low, 0);
}

}  // namespace
}  // namespace clew::report
