// Tests of fit_model(): which records a model may serve, and what is adapted.
#include "link/fit_model.h"

#include <gtest/gtest.h>

#include <string>

namespace clew::link {
namespace {

Field field_of(const std::string& name, Role role, Comparison comparison,
               const std::vector<std::string>& values) {
  Field field;
  field.spec = {name, role, comparison, {}, false, true};
  for (const std::string& value : values) field.of_record.push_back(field.values.intern(value));
  return field;
}

Records records_of(const std::vector<std::string>& dates) {
  Records records;
  records.sources = {"a", "b"};
  records.source_is_unique = {0, 0};
  for (std::uint32_t r = 0; r < dates.size(); ++r) {
    records.id.push_back(records.ids.intern(std::to_string(r + 1)));
    records.source.push_back(static_cast<std::uint16_t>(r % 2));
  }
  records.fields = {field_of("born", Role::birth_date, Comparison::date, dates)};
  return records;
}

Model model_of(std::size_t levels) {
  Model model;
  model.fields.resize(1);
  model.fields[0].spec = {"born", Role::birth_date, Comparison::date, {}, false, true};
  model.fields[0].levels.resize(levels, {"level", 0.5, 0.5, 0.1, true});
  model.sources = {"b", "c", "a"};
  model.source_pair = {0, 1, 2, 1, 3, 4, 2, 4, 5};
  return model;
}

constexpr std::size_t kWholeDates = 6;  // missing, differ ... equal

TEST(FitModelTest, SourcesComeIntoTheOrderOfTheRecords) {
  Model model = model_of(kWholeDates);
  ASSERT_TRUE(fit_model(records_of({"20110305", "20120708"}), model).has_value());
  EXPECT_EQ(model.sources, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(model.source_pair, (std::vector<double>{5, 2, 2, 0}));
}

TEST(FitModelTest, UnknownSourcesGetNoEvidence) {
  Model model = model_of(kWholeDates);
  Records records = records_of({"20110305", "20120708"});
  records.sources = {"new", "c"};
  ASSERT_TRUE(fit_model(records, model).has_value());
  EXPECT_EQ(model.source_pair, (std::vector<double>{0, 0, 0, 3}));
}

TEST(FitModelTest, LevelsThatTheModelNeverNeededGetNoEvidence) {
  Model model = model_of(kWholeDates);
  ASSERT_TRUE(fit_model(records_of({"2011", "20120708"}), model).has_value());
  ASSERT_GT(model.fields[0].levels.size(), kWholeDates);
  EXPECT_EQ(model.fields[0].levels.back().m, model.fields[0].levels.back().u);
  EXPECT_FALSE(model.fields[0].levels.back().trained);
}

TEST(FitModelTest, OtherFieldsAreRefused) {
  Records records = records_of({"20110305", "20120708"});
  Model renamed = model_of(kWholeDates);
  renamed.fields[0].spec.name = "other";
  EXPECT_FALSE(fit_model(records, renamed).has_value());
  Model fewer = model_of(kWholeDates);
  fewer.fields.clear();
  EXPECT_FALSE(fit_model(records, fewer).has_value());
  Model compared_otherwise = model_of(kWholeDates);
  compared_otherwise.fields[0].spec.comparison = Comparison::exact;
  EXPECT_FALSE(fit_model(records, compared_otherwise).has_value());
  Model damaged = model_of(3);
  EXPECT_FALSE(fit_model(records, damaged).has_value());
}

}  // namespace
}  // namespace clew::link
