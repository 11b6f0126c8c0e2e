// The order of the rows in a file changes nothing when the records have ids.
#include <gtest/gtest.h>

#include <utility>

#include "formats/prepare.h"
#include "formats/test_tables.h"
#include "link/link.h"
#include "link/test_records.h"

namespace clew {
namespace {

formats::Rows people_rows() {
  link::People people(41);
  formats::Rows rows;
  while (rows.size() < 500) {
    const std::string given = people.word(3), family = people.word(4), born = people.date();
    const std::string phone = people.digits(9);
    for (std::uint32_t times = 1 + people.rng().below(3); times > 0; --times) {
      const std::string day = born.substr(0, 4) + "-" + born.substr(4, 2) + "-" + born.substr(6, 2);
      rows.push_back({"id" + std::to_string(1000 + rows.size()),
                      people.chance(0.15) ? people.edited(given) : given,
                      people.chance(0.15) ? people.edited(family) : family,
                      people.chance(0.2) ? born.substr(0, 4) : day,
                      people.chance(0.4) ? "" : phone});
    }
  }
  return rows;
}

struct Linked {
  link::Records records;
  link::Outcome outcome;
};

Linked link_rows(const formats::Rows& rows) {
  formats::Rows all = {{"record_id", "first_name", "surname", "date_of_birth", "phone"}};
  all.insert(all.end(), rows.begin(), rows.end());
  std::vector<table::Table> tables;
  tables.push_back(formats::make_table("file", all));
  const formats::Settings settings = formats::settings_from(formats::recognise(tables));
  auto prepared = formats::prepare(std::move(tables), settings);
  EXPECT_TRUE(prepared.has_value());
  if (!prepared) return {};
  auto outcome = link::link(prepared->records, settings.options, nullptr, {});
  EXPECT_TRUE(outcome.has_value());
  if (!outcome) return {};
  return {std::move(prepared->records), std::move(*outcome)};
}

TEST(RowOrderTest, ChangesNothingWhenRecordsHaveIds) {
  formats::Rows rows = people_rows();
  const Linked first = link_rows(rows);
  ASSERT_TRUE(first.records.has_ids);
  ASSERT_GT(first.outcome.merges.size(), 100U);
  Rng rng(42);
  for (int shuffle = 0; shuffle < 3; ++shuffle) {
    for (std::size_t k = rows.size(); k > 1; --k) {
      std::swap(rows[k - 1], rows[rng.below(static_cast<std::uint32_t>(k))]);
    }
    const Linked again = link_rows(rows);
    EXPECT_EQ(again.records.ids.bytes(), first.records.ids.bytes());
    EXPECT_EQ(again.outcome.entity, first.outcome.entity);
    EXPECT_EQ(link::model_to_json(again.outcome.model), link::model_to_json(first.outcome.model));
    ASSERT_EQ(again.outcome.edges.size(), first.outcome.edges.size());
    for (std::size_t k = 0; k < first.outcome.edges.size(); ++k) {
      EXPECT_EQ(again.outcome.edges[k].a, first.outcome.edges[k].a);
      EXPECT_EQ(again.outcome.edges[k].b, first.outcome.edges[k].b);
      EXPECT_EQ(again.outcome.edges[k].bits, first.outcome.edges[k].bits);
    }
  }
}

}  // namespace
}  // namespace clew
