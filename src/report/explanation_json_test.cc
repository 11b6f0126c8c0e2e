#include "report/explanation_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <limits>

#include "tests/report/sample.h"

namespace clew::report {
namespace {

TEST(JsonTest, DoublesReadBackAsTheSameNumber) {
  EXPECT_TRUE(rc::check([](double value) {
    RC_PRE(std::isfinite(value));
    const auto back = read_json(write_json(Json(value)));
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->number() == value);
  }));
  for (const double value : {0.1, 1e-300, std::numeric_limits<double>::denorm_min(), 1 / 3.0}) {
    EXPECT_EQ(read_json(write_json(Json(value)))->number(), value);
  }
}

TEST(JsonTest, WhatIsNoNumberBecomesNull) {
  EXPECT_EQ(write_json(Json(std::numeric_limits<double>::infinity())), "null\n");
}

TEST(JsonTest, BadUtf8IsReplacedAndBadJsonRefused) {
  EXPECT_EQ(write_json(Json(std::string("a\xFF"))), "\"a\xEF\xBF\xBD\"\n");
  EXPECT_EQ(read_json("{\"a\":").error().code, ErrorCode::invalid_input);
}

TEST(ExplanationJsonTest, TermsAddUpToTheTotal) {
  const auto json = read_json(write_json(to_json(sample::pair(), Values::masked)));
  ASSERT_TRUE(json.has_value());
  double sum = 0;
  for (const Json& term : (*json)["terms"].items()) sum += term["bits"].number();
  EXPECT_NEAR(sum, (*json)["total_bits"].number(), 1e-9);
  EXPECT_EQ((*json)["decision"].text(), "linked");
  EXPECT_EQ((*json)["blocking"].items().size(), 2U);
}

TEST(ExplanationJsonTest, MasksValuesUnlessShown) {
  const std::string masked = write_json(to_json(sample::pair(), Values::masked));
  EXPECT_EQ(masked.find("okonjo"), masked.npos);
  EXPECT_EQ(masked.find("0412"), masked.npos);
  const std::string shown = write_json(to_json(sample::pair(), Values::shown));
  EXPECT_NE(shown.find("\"value_a\": \"20110412\""), shown.npos);
}

TEST(ExplanationJsonTest, AnEntityIsAProposalBuiltInSteps) {
  const Json json = to_json(sample::entity("E7", 3), Values::masked);
  EXPECT_EQ(json["status"].text(), "proposal");
  ASSERT_EQ(json["steps"].items().size(), 2U);
  EXPECT_EQ(json["steps"].items()[1]["records_a"].items().size(), 2U);
}

}  // namespace
}  // namespace clew::report
