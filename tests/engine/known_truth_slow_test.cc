// The default, without settings and without a look at the truth, on files whose truth is known.
#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

#include "base/threads.h"
#include "formats/prepare.h"
#include "link/evaluate.h"
#include "link/link.h"
#include "table/read.h"

namespace clew {
namespace {

const std::string kFolder = std::string(CLEW_DATA) + "/linkage/";

// In FEBRL's files the id holds the truth: "rec-552-dup-3" is person 552.
std::vector<std::uint32_t> truth_from_ids(const link::Records& records) {
  table::Dictionary people;
  std::vector<std::uint32_t> truth;
  for (std::uint32_t r = 0; r < records.count(); ++r) {
    const std::string_view id = records.ids[records.id[r]];
    truth.push_back(people.intern(id.substr(0, id.find('-', id.find('-') + 1))));
  }
  return truth;
}

// Fails the test, and says why, when the file cannot be linked.
link::Evaluation evaluate_default(const std::string& file, double wrong_links) {
  const std::vector<std::string> paths = {kFolder + file};
  auto tables = table::read_tables(paths, {}, {});
  EXPECT_TRUE(tables.has_value());
  if (!tables) return {};
  formats::Settings settings = formats::settings_from(formats::recognise(*tables));
  settings.options.threads = processors();
  settings.options.wrong_links = wrong_links;
  auto prepared = formats::prepare(std::move(*tables), settings);
  EXPECT_TRUE(prepared.has_value());
  if (!prepared) return {};
  const link::Records& records = prepared->records;
  const auto outcome = link::link(records, settings.options, nullptr, {});
  EXPECT_TRUE(outcome.has_value());
  if (!outcome) return {};
  const auto truth = records.truth.empty() ? truth_from_ids(records) : records.truth;
  link::EvaluationInput input;
  input.entity = outcome->entity;
  input.truth = truth;
  input.edges = outcome->edges;
  input.estimates = outcome->estimates;
  return link::evaluate(input);
}

struct Floor {
  const char* file;
  double f1;
};

class KnownTruthTest : public testing::TestWithParam<Floor> {};

TEST_P(KnownTruthTest, IsFoundByTheDefault) {
  if (!std::filesystem::exists(kFolder + GetParam().file)) GTEST_SKIP() << "no such data here";
  const link::Evaluation found = evaluate_default(GetParam().file, link::Options().wrong_links);
  EXPECT_GE(found.pairwise.f1, GetParam().f1);
  EXPECT_GE(found.bcubed.f1, GetParam().f1);
  EXPECT_LE(found.largest_found, 2 * found.largest_true);
  EXPECT_LE(found.calibration_error, 0.05);
}

TEST_P(KnownTruthTest, HasNoMoreWrongLinksThanTwiceTheWish) {
  if (!std::filesystem::exists(kFolder + GetParam().file)) GTEST_SKIP() << "no such data here";
  for (const double wish : {0.01, 0.05}) {
    EXPECT_LE(evaluate_default(GetParam().file, wish).wrong_observed, 2 * wish) << wish;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, KnownTruthTest,
                         testing::Values(Floor{"splink_historical_50k/historical_50k.csv", 0.94},
                                         Floor{"splink_fake_1000/fake_1000.csv", 0.97},
                                         Floor{"febrl/dataset3.csv", 0.9995}),
                         [](const auto& file) {
                           return std::string(file.index == 0   ? "Historical50k"
                                              : file.index == 1 ? "Fake1000"
                                                                : "Febrl3");
                         });

}  // namespace
}  // namespace clew
