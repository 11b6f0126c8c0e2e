#include "link/frequency.h"

#include <gtest/gtest.h>

#include "link/test_records.h"

namespace clew::link {
namespace {

float count_of_text(const Records& records, const Frequencies& f, std::size_t field,
                    const std::string& text) {
  return f.count[field][records.fields[field].values.find(text)];
}

Records names() {
  return make_records({given_spec(), family_spec(), phone_spec()},
                      {{"ana", "bo", "1111111"},
                       {"ana", "bo", "1111111"},
                       {"ana", "bo", "2222222"},
                       {"ana", "lin", ""},
                       {"marta", "lin", "3333333"},
                       {"", "lin", "3333333|4444444"}});
}

TEST(FrequencyTest, CountsRecords) {
  const Records records = names();
  const Comparer comparer(records, true);
  const Frequencies f = count_frequencies(comparer, nullptr);
  EXPECT_EQ(count_of_text(records, f, 0, "ana"), 4);
  EXPECT_EQ(count_of_text(records, f, 1, "lin"), 3);
  EXPECT_EQ(count_of_text(records, f, 0, "marta"), 1);
  EXPECT_EQ(f.total, (std::vector<double>{5, 6, 5}));
  EXPECT_EQ(f.whole_name_total, 5);
  EXPECT_EQ(f.whole_name_count[comparer.whole_name(0)], 3);
  // Two of the five: 4 x 3 ordered pairs of 5 x 4.
  EXPECT_DOUBLE_EQ(f.equal_chance[0], 12.0 / 20);
}

TEST(FrequencyTest, CountsEachOfSeveralValues) {
  const Records records = names();
  const Comparer comparer(records, true);
  const Frequencies f = count_frequencies(comparer, nullptr);
  EXPECT_EQ(count_of_text(records, f, 2, "3333333"), 2);
  EXPECT_EQ(count_of_text(records, f, 2, "4444444"), 1);
}

TEST(FrequencyTest, LetsAnEntityCountOnceHoweverManyRecordsItHas) {
  const Records records = names();
  const Comparer comparer(records, true);
  const std::vector<std::uint32_t> entity = {0, 0, 0, 3, 4, 4};
  const Frequencies f = count_frequencies(comparer, &entity);
  EXPECT_EQ(count_of_text(records, f, 0, "ana"), 2);   // of entities 0 and 3
  EXPECT_EQ(count_of_text(records, f, 1, "lin"), 2);   // of entities 3 and 4
  EXPECT_EQ(f.total, (std::vector<double>{3, 3, 2}));  // nobody knows the phone of 3
  EXPECT_EQ(f.whole_name_count[comparer.whole_name(0)], 1);
  EXPECT_EQ(f.whole_name_total, 3);
}

TEST(FrequencyTest, SharesTheMassOfAnEntityOverItsValues) {
  const Records records = make_records(
      {given_spec(), family_spec()},
      {{"ana", "bo"}, {"anna", "bo"}, {"ana", "x"}, {"ana", "y"}, {"anna", "z"}, {"anna", "w"}});
  const Comparer comparer(records, true);
  const std::vector<std::uint32_t> entity = {0, 0, 2, 3, 4, 5};
  const Frequencies f = count_frequencies(comparer, &entity);
  EXPECT_FLOAT_EQ(count_of_text(records, f, 0, "ana"), 2.5F);
  EXPECT_FLOAT_EQ(count_of_text(records, f, 0, "anna"), 2.5F);
}

TEST(FrequencyTest, ForgetsHowRareRareValuesAre) {
  const Records records = make_records({given_spec()}, {{"ana"}, {"bo"}, {"bo"}, {"bo"}});
  const Comparer comparer(records, true);
  const Frequencies f = count_frequencies(comparer, nullptr);
  EXPECT_EQ(count_of_text(records, f, 0, "ana"), 1);
  EXPECT_DOUBLE_EQ(f.share(0, 0), kCountFloor / 4);
  EXPECT_DOUBLE_EQ(f.share(0, kCountFloor / 2), kCountFloor / 4);
  EXPECT_DOUBLE_EQ(f.share(0, 2), 2.0 / 4);
}

TEST(FrequencyTest, SurvivesTheWayThroughAModel) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Records records = random_records(seed, 60);
    const Comparer comparer(records, true);
    std::vector<std::uint32_t> entity(records.count());
    for (std::uint32_t r = 0; r < records.count(); ++r) entity[r] = r / 3 * 3;
    for (const bool by_entity : {false, true}) {
      const Frequencies before = count_frequencies(comparer, by_entity ? &entity : nullptr);
      Model model;
      model.salt = seed + 7;
      model.fields.resize(comparer.fields());
      for (std::size_t f = 0; f < comparer.fields(); ++f) {
        model.fields[f].levels.resize(static_cast<std::size_t>(comparer.equal_level(f)) + 1);
      }
      store_frequencies(comparer, before, model);
      const Frequencies after = frequencies_of_model(comparer, model);
      EXPECT_EQ(after.total, before.total);
      EXPECT_EQ(after.whole_name_total, before.whole_name_total);
      for (std::size_t f = 0; f < comparer.fields(); ++f) {
        for (std::uint32_t v = 1; v < before.count[f].size(); ++v) {
          EXPECT_EQ(after.count[f][v], before.count[f][v]);
        }
      }
      for (std::uint32_t r = 0; r < records.count(); ++r) {
        const std::uint32_t name = comparer.whole_name(r);
        if (name == 0) continue;
        EXPECT_EQ(after.whole_name_count[name], before.whole_name_count[name]);
      }
    }
  }
}

TEST(FrequencyTest, KeepsNoCountThatTellsNothing) {
  const Records records = names();
  const Comparer comparer(records, true);
  Model model;
  model.fields.resize(3);
  store_frequencies(comparer, count_frequencies(comparer, nullptr), model);
  EXPECT_EQ(model.fields[0].frequency.size(), 1U);  // ana
  EXPECT_EQ(model.fields[2].frequency.size(), 2U);  // 1111111 and 3333333
  EXPECT_EQ(count_of(model.fields[0].frequency, 12345), 1);
}

}  // namespace
}  // namespace clew::link
