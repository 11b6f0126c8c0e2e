#include "link/link.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "link/fit_model.h"
#include "link/test_records.h"

namespace clew::link {
namespace {

Outcome linked(const Records& records, const Options& options = {}) {
  auto outcome = link(records, options, nullptr, {});
  EXPECT_TRUE(outcome.has_value());
  return outcome ? *outcome : Outcome{};
}

void expect_same(const Outcome& a, const Outcome& b) {
  EXPECT_EQ(a.entity, b.entity);
  EXPECT_EQ(model_to_json(a.model), model_to_json(b.model));
  EXPECT_EQ(a.warnings, b.warnings);
  EXPECT_EQ(a.estimates.wrong_share, b.estimates.wrong_share);
  EXPECT_EQ(a.estimates.threshold_bits, b.estimates.threshold_bits);
  EXPECT_EQ(a.blocking.pairs_compared, b.blocking.pairs_compared);
  ASSERT_EQ(a.edges.size(), b.edges.size());
  for (std::size_t k = 0; k < a.edges.size(); ++k) {
    ASSERT_EQ(a.edges[k].a, b.edges[k].a);
    ASSERT_EQ(a.edges[k].b, b.edges[k].b);
    ASSERT_EQ(a.edges[k].bits, b.edges[k].bits);
    ASSERT_EQ(a.edges[k].decision, b.edges[k].decision);
  }
  ASSERT_EQ(a.merges.size(), b.merges.size());
  for (std::size_t k = 0; k < a.merges.size(); ++k) ASSERT_EQ(a.merges[k].bits, b.merges[k].bits);
}

TEST(LinkTest, GivesTheSameBytesForAnyNumberOfThreads) {
  const Records records = random_records(5, 5000, 2);
  Options options;
  const Outcome one = linked(records, options);
  EXPECT_GT(one.merges.size(), 1000U);
  for (const unsigned threads : {2U, 3U}) {
    options.threads = threads;
    expect_same(one, linked(records, options));
  }
}

TEST(LinkTest, GivesTheSameBytesWhenItRunsAgain) {
  const Records records = random_records(6, 300);
  expect_same(linked(records), linked(records));
}

TEST(LinkTest, NeverLooksAtTheTruth) {
  Records records = random_records(8, 200);
  const Outcome blind = linked(records);
  for (std::uint32_t r = 0; r < records.count(); ++r) {
    records.truth.push_back(records.truth_labels.intern(std::to_string(r % 7)));
  }
  expect_same(blind, linked(records));
}

TEST(LinkTest, KeepsItsOutcomeInOrder) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Outcome out = linked(random_records(seed, 100));
    std::map<std::uint32_t, std::uint32_t> size;
    for (std::uint32_t r = 0; r < out.entity.size(); ++r) {
      EXPECT_LE(out.entity[r], r);
      EXPECT_EQ(out.entity[out.entity[r]], out.entity[r]);
      ++size[out.entity[r]];
    }
    double inside = 0;
    for (const auto& [entity, records] : size) inside += 0.5 * records * (records - 1.0);
    EXPECT_EQ(out.estimates.pairs_inside, inside);
    for (std::size_t k = 0; k < out.edges.size(); ++k) {
      const Edge& e = out.edges[k];
      EXPECT_LT(e.a, e.b);
      EXPECT_EQ(e.decision == Decision::linked, out.entity[e.a] == out.entity[e.b]);
      if (k == 0) continue;
      EXPECT_LT(std::pair(out.edges[k - 1].a, out.edges[k - 1].b), std::pair(e.a, e.b));
    }
    EXPECT_EQ(out.merges.size(), out.entity.size() - size.size());
    for (const Merge& m : out.merges) EXPECT_EQ(out.entity[m.a], out.entity[m.b]);
  }
}

TEST(LinkTest, LinksMoreTheMoreWrongLinksAreAllowed) {
  const Records records = random_records(9, 500);
  double before = -1;
  for (const double wish : {0.001, 0.01, 0.05, 0.2}) {
    Options options;
    options.wrong_links = wish;
    const Outcome out = linked(records, options);
    EXPECT_LE(out.estimates.wrong_share, wish);
    EXPECT_GE(out.estimates.pairs_inside, before);
    before = out.estimates.pairs_inside;
  }
}

TEST(LinkTest, NeverJoinsRecordsOfAUniqueSource) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Records records = random_records(seed, 90, 3);
    records.source_is_unique = {0, 1, 0};
    const Outcome out = linked(records);
    std::set<std::uint32_t> held;
    for (std::uint32_t r = 1; r < records.count(); r += 3) {
      EXPECT_TRUE(held.insert(out.entity[r]).second) << "seed " << seed;
    }
  }
}

TEST(LinkTest, OffersComponentsForComparison) {
  const Records records = random_records(10, 200);
  Options options;
  options.clustering = Clustering::components;
  options.threshold = 0.9;
  const Outcome out = linked(records, options);
  const double bits = std::log2(0.9 / 0.1);
  for (const Edge& e : out.edges) {
    EXPECT_TRUE(e.bits < bits || out.entity[e.a] == out.entity[e.b]);
  }
  EXPECT_TRUE(out.merges.empty());
  EXPECT_NEAR(out.estimates.threshold_bits, bits, 1e-9);
}

TEST(LinkTest, RefusesWhatCannotBeLinked) {
  EXPECT_FALSE(link({}, {}, nullptr, {}).has_value());
  Records bare = make_records({given_spec()}, {{"ana"}, {"bo"}});
  bare.fields.clear();
  const auto outcome = link(bare, {}, nullptr, {});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::invalid_input);
  std::vector<FieldSpec> specs(17, given_spec());
  EXPECT_FALSE(
      link(make_records(specs, {std::vector<std::string>(17, "x")}), {}, nullptr, {}).has_value());
}

TEST(LinkTest, RefusesABlockingRuleThatNamesNoKey) {
  Options options;
  options.rules = {{{"given_name", "soundex"}, {"birth_date", "decade"}}};
  const auto outcome = link(random_records(1, 40), options, nullptr, {});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_NE(outcome.error().message.find("birth_date:decade"), std::string::npos);
}

TEST(LinkTest, ManagesTheSmallestAndTheEmptiestFiles) {
  for (const Rows& rows :
       {Rows{{"ana", "bo"}}, Rows{{"ana", "bo"}, {"ana", "bo"}}, Rows{{"", ""}, {"", ""}, {"", ""}},
        Rows(50, {"ana", "bo"}), Rows{{"ana", ""}, {"", "bo"}}}) {
    const Records records = make_records({given_spec(), family_spec()}, rows);
    const Outcome out = linked(records);
    EXPECT_EQ(out.entity.size(), rows.size());
    for (const Edge& e : out.edges) EXPECT_TRUE(std::isfinite(e.bits));
    EXPECT_TRUE(std::isfinite(out.estimates.wrong_share));
    const auto model = model_from_json(model_to_json(out.model));
    EXPECT_TRUE(model.has_value()) << rows.size() << " records";
  }
}

// Brothers and sisters under one roof, each reported up to three times. Truth is who is who.
struct Families {
  Records records;
  std::vector<std::uint32_t> person, family;
};

Families invent_families(std::uint64_t seed, std::uint32_t families) {
  People people(seed);
  Families out;
  Rows rows;
  std::uint32_t number = 0;
  for (std::uint32_t f = 0; f < families; ++f) {
    const std::string name = people.word(3), street = people.word(3) + " " + people.word(2);
    const std::string phone = people.digits(9);
    const std::uint32_t year = 1996 + people.rng().below(6);
    for (std::uint32_t child = 0; child < 3; ++child, ++number) {
      const std::string given = people.word(3);
      const std::string born = std::to_string(year + 2 * child) + people.date().substr(4);
      const std::string sex = people.chance(0.5) ? "f" : "m";
      for (std::uint32_t k = 1 + people.rng().below(3); k > 0; --k) {
        rows.push_back({people.chance(0.15) ? people.edited(given) : given,
                        people.chance(0.1) ? people.edited(name) : name,
                        people.chance(0.1) ? people.edited_date(born) : born, sex,
                        people.chance(0.2) ? "" : street, people.chance(0.3) ? "" : phone});
        out.person.push_back(number);
        out.family.push_back(f);
      }
    }
  }
  out.records = make_records(
      {given_spec(), family_spec(), birth_spec(), sex_spec(), street_spec(), phone_spec()}, rows);
  return out;
}

TEST(LinkTest, KeepsBrothersAndSistersUnderOneRoofApart) {
  const Families families = invent_families(21, 250);
  const Outcome out = linked(families.records);
  std::uint64_t right = 0, siblings = 0, strangers = 0, truly = 0;
  for (std::uint32_t a = 0; a < families.person.size(); ++a) {
    for (std::uint32_t b = a + 1; b < families.person.size(); ++b) {
      const bool one = families.person[a] == families.person[b];
      truly += std::uint64_t{one};
      if (out.entity[a] != out.entity[b]) continue;
      (one ? right : families.family[a] == families.family[b] ? siblings : strangers) += 1;
    }
  }
  EXPECT_LE(static_cast<double>(siblings), 0.02 * static_cast<double>(right));
  EXPECT_EQ(strangers, 0U);
  EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(truly));
}

TEST(LinkTest, FindsNobodyTwiceInFamiliesWithoutDuplicates) {
  Families families = invent_families(22, 250);
  std::vector<std::uint32_t> first;  // one record of each person
  for (std::uint32_t r = 0; r < families.person.size(); ++r) {
    if (r == 0 || families.person[r] != families.person[r - 1]) first.push_back(r);
  }
  Rows rows;
  for (const std::uint32_t r : first) {
    std::vector<std::string> row;
    for (const Field& field : families.records.fields) {
      row.emplace_back(field.values[field.of_record[r]]);
    }
    rows.push_back(row);
  }
  std::vector<FieldSpec> specs;
  for (const Field& field : families.records.fields) specs.push_back(field.spec);
  const Outcome out = linked(make_records(specs, rows));
  EXPECT_LE(out.merges.size(), rows.size() / 100);
}

// A model is fitted to other records first; what it has not learned is no evidence.
TEST(LinkTest, ServesSourcesAndPartialDatesThatTheModelHasNotSeen) {
  Rows rows;
  People people(23);
  for (int k = 0; k < 60; ++k) rows.push_back({people.word(3), people.date()});
  const auto specs = {given_spec(), birth_spec()};
  Model model = linked(make_records(specs, rows, 2)).model;
  for (std::size_t k = 0; k < rows.size(); k += 4) rows[k][1] = rows[k][1].substr(0, 4);
  const Records records = make_records(specs, rows, 5);
  ASSERT_TRUE(fit_model(records, model).has_value());
  const auto out = link(records, {}, &model, {});
  ASSERT_TRUE(out.has_value());
  for (const Edge& e : out->edges) EXPECT_TRUE(std::isfinite(e.bits));
}

}  // namespace
}  // namespace clew::link
