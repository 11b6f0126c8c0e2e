// Tests of were_compared() beside the explainer, which asks the same for one pair at a time.
#include "link/compared_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/rng.h"
#include "link/explain.h"
#include "table/table.h"

namespace clew::link {
namespace {

// 300 records of 100 invented people, each with a name, a year and sometimes two phones.
Records made_up() {
  Records records;
  Rng rng(5);
  records.sources = {"a"};
  records.source_is_unique = {0};
  records.has_ids = true;
  Field name, phone;
  name.spec = {"name", Role::family_name, Comparison::jaro_winkler, {}, false, true};
  phone.spec = {"phone", Role::phone, Comparison::edits, {}, false, true};
  phone.parts_of = {0};
  const auto single = [&](const std::string& text) {
    const std::uint32_t id = phone.values.intern(text);
    if (phone.parts_of.size() <= id) phone.parts_of.push_back(0);
    return id;
  };
  for (std::uint32_t r = 0; r < 300; ++r) {
    records.id.push_back(records.ids.intern(std::to_string(1000 + r)));
    records.source.push_back(0);
    const std::uint32_t person = rng.below(100);
    std::string text = "family" + std::string(1, static_cast<char>('a' + person % 26)) +
                       std::to_string(person * 7919 % 1000);
    if (rng.below(5) == 0) text.back() = 'x';
    name.of_record.push_back(rng.below(10) == 0 ? 0 : name.values.intern(text));
    const std::string number = "+3310000" + std::to_string(1000 + person);
    const std::uint32_t first = single(number);
    const std::uint32_t second = single("+33200" + std::to_string(100000 + rng.below(60)));
    const std::uint32_t both =
        single(number + table::kListSeparator + std::string(phone.values[second]));
    if (phone.parts_of[both] == 0) {
      phone.parts_of[both] = static_cast<std::uint32_t>(phone.part_lists.size());
      phone.part_lists.push_back({std::min(first, second), std::max(first, second)});
    }
    phone.of_record.push_back(rng.below(3) == 0 ? both : rng.below(2) == 0 ? first : 0);
  }
  records.fields = {name, phone};
  return records;
}

TEST(ComparedPairsTest, AgreesWithTheExplainerOnEveryPair) {
  const Records records = made_up();
  const auto outcome = link(records, {}, nullptr, {});
  ASSERT_TRUE(outcome.has_value());
  std::vector<RecordPair> pairs;
  for (std::uint32_t a = 0; a < records.count(); ++a) {
    for (std::uint32_t b = a + 1; b < records.count(); b += 3) pairs.emplace_back(a, b);
  }
  const auto compared = were_compared(records, outcome->blocking, pairs, 1);
  Explainer explainer(records, outcome->model, *outcome);
  std::size_t met = 0;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const Explanation explanation = explainer.pair(pairs[p].first, pairs[p].second);
    const bool together = std::any_of(explanation.blocking.begin(), explanation.blocking.end(),
                                      [](const Reason& reason) { return reason.together; });
    met += together ? 1 : 0;
    ASSERT_EQ(compared[p] != 0, together) << pairs[p].first << " " << pairs[p].second;
  }
  EXPECT_GT(met, 50U);
  EXPECT_LT(met, pairs.size() / 2);
}

TEST(ComparedPairsTest, EveryPairWithAScoreWasCompared) {
  const Records records = made_up();
  const auto outcome = link(records, {}, nullptr, {});
  ASSERT_TRUE(outcome.has_value());
  ASSERT_FALSE(outcome->edges.empty());
  std::vector<RecordPair> pairs;
  for (const Edge& edge : outcome->edges) pairs.emplace_back(edge.a, edge.b);
  const auto compared = were_compared(records, outcome->blocking, pairs, 2);
  EXPECT_EQ(std::count(compared.begin(), compared.end(), 1),
            static_cast<std::ptrdiff_t>(pairs.size()));
}

}  // namespace
}  // namespace clew::link
