// A stored model: the way through JSON and back, and damage.
#include <gtest/gtest.h>

#include <algorithm>

#include "link/link.h"
#include "link/model.h"
#include "link/test_records.h"

namespace clew::link {
namespace {

Model trained(std::uint64_t seed, std::uint16_t sources = 1) {
  auto outcome = link(random_records(seed, 60, sources), {}, nullptr, {});
  return outcome ? outcome->model : Model{};
}

// The text with its first `from` replaced by `to`.
std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Replaces the value after "key": up to the end of its line.
std::string with_value(const std::string& text, const std::string& key, const std::string& value) {
  const std::size_t begin = text.find("\"" + key + "\": ");
  EXPECT_NE(begin, std::string::npos) << key;
  const std::size_t end = text.find('\n', begin);
  const bool comma = text[end - 1] == ',';
  return text.substr(0, begin) + "\"" + key + "\": " + value + (comma ? "," : "") +
         text.substr(end);
}

TEST(ModelJsonTest, ComesBackByteForByte) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::string text = model_to_json(trained(seed, seed % 2 == 0 ? 1 : 3));
    const auto model = model_from_json(text);
    ASSERT_TRUE(model.has_value()) << model.error().message;
    EXPECT_EQ(model_to_json(*model), text);
  }
}

TEST(ModelJsonTest, ScoresAsTheRunThatTrainedIt) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Records records = random_records(seed, 60, seed % 2 == 0 ? 1 : 2);
    const auto first = link(records, {}, nullptr, {});
    ASSERT_TRUE(first.has_value());
    const auto stored = model_from_json(model_to_json(first->model));
    ASSERT_TRUE(stored.has_value());
    const auto again = link(records, {}, &*stored, {});
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->entity, first->entity);
    ASSERT_EQ(again->edges.size(), first->edges.size());
    for (std::size_t k = 0; k < first->edges.size(); ++k) {
      EXPECT_EQ(again->edges[k].bits, first->edges[k].bits) << "seed " << seed;
    }
  }
}

TEST(ModelJsonTest, HoldsNoValueInClear) {
  Rows rows;
  People people(3);
  for (int k = 0; k < 60; ++k) rows.push_back({"zebulonia", people.word(3), "19990403"});
  const auto outcome =
      link(make_records({given_spec(), family_spec(), birth_spec()}, rows), {}, nullptr, {});
  ASSERT_TRUE(outcome.has_value());
  const std::string text = model_to_json(outcome->model);
  EXPECT_EQ(text.find("zebulonia"), std::string::npos);
  EXPECT_EQ(text.find("19990403"), std::string::npos);
}

TEST(ModelJsonTest, RefusesWhatIsNoModel) {
  for (const std::string text : {"", "null", "[]", "{}", "{\"clew_model\": 1}", "nonsense",
                                 "{\"clew_model\": \"1\"}", "\xFF\xFE"}) {
    const auto model = model_from_json(text);
    ASSERT_FALSE(model.has_value()) << text;
    EXPECT_EQ(model.error().code, ErrorCode::invalid_input);
    EXPECT_FALSE(model.error().message.empty());
  }
}

TEST(ModelJsonTest, RefusesAModelCutShort) {
  const std::string text = model_to_json(trained(1));
  for (std::size_t length = 0; length + 2 < text.size(); length += 1 + text.size() / 400) {
    EXPECT_FALSE(model_from_json(text.substr(0, length)).has_value()) << length;
  }
}

TEST(ModelJsonTest, RefusesAModelThatLacksAPart) {
  const std::string text = model_to_json(trained(1));
  for (const std::string key :
       {"salt", "converged", "prior_match", "prior_relative", "sources", "source_pair", "options",
        "fields", "dependence", "dependence_order", "full_name_counts", "levels", "comparison",
        "household", "thresholds", "total", "counts"}) {
    const std::string damaged = changed(text, "\"" + key + "\"", "\"" + key + "_\"");
    EXPECT_FALSE(model_from_json(damaged).has_value()) << key;
  }
}

TEST(ModelJsonTest, RefusesValuesOutOfRange) {
  const std::string text = model_to_json(trained(1));
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, std::string>>{{"clew_model", "2"},
                                                        {"prior_match", "0"},
                                                        {"prior_match", "1"},
                                                        {"prior_match", "-0.1"},
                                                        {"prior_match", "\"half\""},
                                                        {"m", "0"},
                                                        {"m", "1.5"},
                                                        {"u", "null"},
                                                        {"h", "-1"},
                                                        {"salt", "\"pepper\""},
                                                        {"salt", "\"99999999999999999999999999\""},
                                                        {"source_pair", "[0.5, 0.5]"},
                                                        {"dependence", "[[]]"}}) {
    const bool whole = key == "dependence";  // its value spans lines
    const std::string damaged = whole ? text.substr(0, text.find("\"dependence\": [")) +
                                            "\"dependence\": [[]],\n" +
                                            text.substr(text.find("\"full_name_total\""))
                                      : with_value(text, key, value);
    EXPECT_FALSE(model_from_json(damaged).has_value()) << key << " = " << value;
  }
}

TEST(ModelJsonTest, RefusesAPriorOfRelativesOutOfRange) {
  const std::string text = model_to_json(trained(1));
  for (const std::string value : {"-0.5", "1", "2"}) {
    EXPECT_FALSE(model_from_json(with_value(text, "prior_relative", value)).has_value()) << value;
  }
}

TEST(ModelJsonTest, RefusesMoreLevelsThanAPatternHolds) {
  Model model = trained(1);
  FieldModel& field = model.fields[0];
  field.spec.comparison = Comparison::edits;
  field.spec.thresholds.clear();
  for (int k = 1; k <= 20; ++k) field.spec.thresholds.push_back(k);
  field.levels.assign(23, {"level", 0.5, 0.5, 0.5, true});
  model.dependence.clear();
  model.dependence_order.clear();
  EXPECT_FALSE(model_from_json(model_to_json(model)).has_value());
}

}  // namespace
}  // namespace clew::link
