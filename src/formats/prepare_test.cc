#include "formats/prepare.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/rng.h"
#include "formats/test_tables.h"

namespace clew::formats {
namespace {

using link::Comparison;
using link::Role;

FieldSetting field(const std::string& name, Role role, Comparison comparison) {
  FieldSetting f;
  f.spec.name = name;
  f.spec.role = role;
  f.spec.comparison = comparison;
  f.columns.emplace_back().column = name;
  return f;
}

Settings settings_of(std::vector<FieldSetting> fields, const std::string& id_column = {}) {
  Settings s;
  s.fields = std::move(fields);
  s.id_column = id_column;
  return s;
}

Prepared prepare_tables(std::vector<table::Table> tables, const Settings& settings) {
  Result<Prepared> prepared = prepare(std::move(tables), settings);
  EXPECT_TRUE(prepared.has_value()) << (prepared ? "" : prepared.error().message);
  return prepared ? std::move(*prepared) : Prepared();
}

// The record of the row-th row of a test's table. Without ids, content orders the records.
std::size_t record_of(const Prepared& p, std::size_t row) {
  if (p.records.has_ids) return row;
  const std::string id = std::to_string(row + 1);
  for (std::size_t r = 0; r < p.records.id.size(); ++r) {
    if (p.records.ids[p.records.id[r]] == id) return r;
  }
  ADD_FAILURE() << "there is no row " << id;
  return row;
}

std::string value(const Prepared& p, std::size_t row, std::size_t f = 0) {
  const link::Field& of = p.records.fields.at(f);
  std::string text(of.values[of.of_record.at(record_of(p, row))]);
  std::replace(text.begin(), text.end(), table::kListSeparator, '|');
  return text;
}

// The canonical value of a single cell.
std::string one(const std::string& cell, Role role, Comparison comparison, char separator = 0) {
  Settings s = settings_of({field("f", role, comparison)});
  s.fields[0].columns[0].separator = separator;
  s.today = "2024-06-30";
  return value(prepare_tables({make_column("f", {cell})}, s), 0);
}

TEST(PrepareTest, WritesCanonicalForms) {
  EXPECT_EQ(one(" Müller ", Role::family_name, Comparison::jaro_winkler), "muller");
  EXPECT_EQ(one("LS8 9GB", Role::postcode, Comparison::edits), "ls89gb");
  EXPECT_EQ(one("AB-12 3c", Role::document, Comparison::edits), "ab123c");
  EXPECT_EQ(one("31 May 1999", Role::birth_date, Comparison::date), "19990531");
  EXPECT_EQ(one("+33 (0)6 12 34 56 78", Role::phone, Comparison::edits), "+33612345678");
  EXPECT_EQ(one("Ana_B@Post.ORG", Role::email, Comparison::email), "ana_b@post.org");
  EXPECT_EQ(one("No 012b", Role::house_number, Comparison::number), "12");
  EXPECT_EQ(one("J.", Role::middle_name, Comparison::initial), "j");
  EXPECT_EQ(one("https://service.org/ana_b/", Role::handle, Comparison::edits), "anab");
}

TEST(PrepareTest, SexIsOneWordInAllLanguages) {
  for (const char* cell : {"F", "female", "Femme", "mujer", "ж", "أنثى", "girl"}) {
    EXPECT_EQ(one(cell, Role::sex, Comparison::exact), "female") << cell;
  }
  EXPECT_EQ(one("other", Role::sex, Comparison::exact), "other");
}

TEST(PrepareTest, AValueMayHoldSeveral) {
  EXPECT_EQ(one("0612345678; 0611223344", Role::phone, Comparison::edits, ';'),
            "0611223344|0612345678");
  EXPECT_EQ(one("a\x1f"
                "b\x1f"
                "a",
                Role::category, Comparison::exact),
            "a|b");
}

TEST(PrepareTest, PhonesOfTwoColumnsAreOneField) {
  Settings s = settings_of({field("phone", Role::phone, Comparison::edits)});
  s.fields[0].columns.emplace_back().column = "mobile";
  const Prepared p = prepare_tables(
      {make_table("t", {{"phone", "mobile"}, {"0612345678", "0711223344"}, {"", "0711223344"}})},
      s);
  EXPECT_EQ(value(p, 0), "0612345678|0711223344");
  const link::Field& f = p.records.fields[0];
  const auto* parts = f.parts(f.of_record[record_of(p, 0)]);
  ASSERT_NE(parts, nullptr);
  EXPECT_EQ(f.values[(*parts)[1]], "0711223344");
  EXPECT_EQ((*parts)[1], f.of_record[record_of(p, 1)]);
}

TEST(PrepareTest, AFullNameIsSplit) {
  Settings s = settings_of({field("given", Role::given_name, Comparison::jaro_winkler),
                            field("family", Role::family_name, Comparison::jaro_winkler)});
  s.fields[0].columns = {{"", "name", model::DateOrder::unknown, 0, "given"}};
  s.fields[1].columns = {{"", "name", model::DateOrder::unknown, 0, "family"}};
  const Prepared p =
      prepare_tables({make_column("name", {"Ana María Ruiz", "Ruiz, Ana María", "Ana de la Fuente",
                                           "Dr Ana Ruiz Jr.", "Ana", "Ahmed Al Masri"})},
                     s);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"ana maria", "ruiz"}, {"ana maria", "ruiz"}, {"ana", "de la fuente"},
      {"ana", "ruiz"},       {"ana", ""},           {"ahmed", "al masri"}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(value(p, i, 0), expected[i].first) << i;
    EXPECT_EQ(value(p, i, 1), expected[i].second) << i;
  }
}

TEST(PrepareTest, ABadFieldEmptiesTheFieldNotTheRow) {
  const Settings s = settings_of({field("name", Role::given_name, Comparison::jaro_winkler),
                                  field("dob", Role::birth_date, Comparison::date)});
  const Prepared p = prepare_tables(
      {make_table(
          "t", {{"name", "dob"}, {"Ana", "1999-02-31"}, {"Eva", "soon"}, {"Luis", "1999-02-28"}})},
      s);
  EXPECT_EQ(p.records.count(), 3U);
  EXPECT_EQ(value(p, 0, 0), "ana");
  EXPECT_EQ(value(p, 0, 1), "1999");
  EXPECT_EQ(value(p, 1, 1), "");
  ASSERT_EQ(p.problems.size(), 2U);
  EXPECT_EQ(p.problems[0].file, "t.csv");
  EXPECT_EQ(p.problems[0].line, 2U);
  EXPECT_EQ(p.problems[0].column, "dob");
  EXPECT_EQ(p.problems[0].what, "impossible date");
  EXPECT_EQ(p.problems[0].done, "its year kept");
  EXPECT_EQ(p.problems[1].what, "not a date");
  EXPECT_EQ(p.problems[1].done, "field emptied");
}

TEST(PrepareTest, TheDateOrderIsDecidedForEachSource) {
  Settings s = settings_of({field("dob", Role::birth_date, Comparison::date)});
  s.source_column = "agency";
  const Prepared p = prepare_tables({make_table("t", {{"agency", "dob"},
                                                      {"us", "03/04/2001"},
                                                      {"us", "05/31/1999"},
                                                      {"fr", "03/04/2001"},
                                                      {"fr", "31/05/1999"},
                                                      {"xx", "03/04/2001"}})},
                                    s);
  EXPECT_EQ(value(p, 0), "20010304");
  EXPECT_EQ(value(p, 2), "20010403");
  EXPECT_EQ(value(p, 4), "20010304|20010403");
  ASSERT_EQ(p.orders.size(), 3U);
  EXPECT_EQ(p.orders[0].source, "fr");
  EXPECT_EQ(p.orders[0].order, model::DateOrder::day_first);
  EXPECT_EQ(p.orders[2].order, model::DateOrder::ambiguous);
}

TEST(PrepareTest, AHeaderDecidesAnOrderThatTheValuesLeaveOpen) {
  const char* header = "dob dd/mm/yyyy";
  const Settings s = settings_of({field(header, Role::birth_date, Comparison::date)});
  EXPECT_EQ(value(prepare_tables({make_column(header, {"03/04/2001"})}, s), 0), "20010403");
}

TEST(PrepareTest, AnAgeIsAnIntervalOfBirthDates) {
  Settings s = settings_of({field("dob", Role::birth_date, Comparison::date)});
  s.fields[0].columns.push_back({"", "age", model::DateOrder::unknown, 0, "age"});
  s.fields[0].report_date = "received";
  const Prepared p = prepare_tables({make_table("t", {{"dob", "age", "received"},
                                                      {"", "14", "2020-06-15"},
                                                      {"2006-01-02", "14", "2020-06-15"},
                                                      {"", "13-15", "2020-06"},
                                                      {"", "14", ""},
                                                      {"", "child", "2020-06-15"}})},
                                    s);
  EXPECT_EQ(value(p, 0), "20050616/20060615");
  EXPECT_EQ(value(p, 1), "20060102");
  EXPECT_EQ(value(p, 2), "20040602/20070630");
  EXPECT_EQ(value(p, 3), "20050701/20060630");  // the newest report date known
  EXPECT_EQ(value(p, 4), "");
  ASSERT_EQ(p.problems.size(), 1U);
  EXPECT_EQ(p.problems[0].what, "not an age");
}

TEST(PrepareTest, PlaceholdersAreMissingAndReported) {
  const Settings s = settings_of({field("ssn", Role::document, Comparison::edits)});
  const Prepared p =
      prepare_tables({make_column("ssn", {"000000000", "unknown", "N/A", "512849375"})}, s);
  EXPECT_EQ(value(p, 0), "");
  EXPECT_EQ(value(p, 1), "");
  EXPECT_EQ(value(p, 2), "");
  EXPECT_EQ(value(p, 3), "512849375");
  EXPECT_EQ(p.placeholders.size(), 3U);
  EXPECT_TRUE(p.problems.empty());
}

TEST(PrepareTest, PlaceholdersOfTheSettingsCount) {
  Settings s = settings_of({field("city", Role::place, Comparison::jaro_winkler)});
  s.placeholders = {"Elsewhere"};
  const Prepared p = prepare_tables({make_column("city", {"ELSEWHERE", "Lima"})}, s);
  EXPECT_EQ(value(p, 0), "");
  EXPECT_EQ(p.placeholders.at(0).reason, "named in the settings");
}

TEST(PrepareTest, AnExcessOfTheFirstOfJanuaryKeepsTheYear) {
  std::vector<std::string> cells;
  for (int i = 0; i < 300; ++i) {
    cells.push_back("1999-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 10));
  }
  for (int i = 0; i < 100; ++i) cells.push_back("19" + std::to_string(50 + i % 50) + "-01-01");
  const Prepared p = prepare_tables(
      {make_column("dob", cells)}, settings_of({field("dob", Role::birth_date, Comparison::date)}));
  EXPECT_EQ(value(p, 300), "1950");
  EXPECT_EQ(value(p, 0), "19990110");
  ASSERT_EQ(p.placeholders.size(), 1U);
  EXPECT_EQ(p.placeholders[0].value, "1 January");
  EXPECT_EQ(p.placeholders[0].count, 100U);
}

TEST(PrepareTest, ADummyPhoneIsToldByShapeAndFrequencyTogether) {
  std::vector<std::string> cells;
  for (int i = 0; i < 2000; ++i) cells.push_back("06" + std::to_string(10000000 + i * 3571));
  for (int i = 0; i < 100; ++i) cells.push_back("0600000000");
  for (int i = 0; i < 10; ++i) cells.push_back("0700000000");
  for (int i = 0; i < 200; ++i) cells.push_back("0698345172");
  const Prepared p = prepare_tables({make_column("phone", cells)},
                                    settings_of({field("phone", Role::phone, Comparison::edits)}));
  EXPECT_EQ(value(p, 2000), "");
  EXPECT_EQ(value(p, 2100), "0700000000");
  EXPECT_EQ(value(p, 2300), "0698345172");  // a shelter's phone stays
  EXPECT_EQ(p.placeholders.at(0).count, 100U);
}

TEST(PrepareTest, AnIdUsedTwiceInASourceRejectsTheLaterRow) {
  const Settings s = settings_of({field("name", Role::given_name, Comparison::jaro_winkler)}, "id");
  const Prepared p =
      prepare_tables({make_table("a", {{"id", "name"}, {"1", "Ana"}, {"2", "Eva"}, {"1", "Luis"}}),
                      make_table("b", {{"id", "name"}, {"1", "Omar"}})},
                     s);
  EXPECT_EQ(p.records.count(), 3U);
  ASSERT_EQ(p.rejected.size(), 1U);
  EXPECT_EQ(p.rejected[0].line, 4U);
  EXPECT_EQ(p.rejected[0].raw, "1,Luis");
  EXPECT_TRUE(p.records.has_ids);
}

TEST(PrepareTest, WithoutIdsTheyAreRowNumbers) {
  const Settings s = settings_of({field("name", Role::given_name, Comparison::jaro_winkler)});
  const Prepared p = prepare_tables({make_column("name", {"Zoe", "Ana"})}, s);
  EXPECT_FALSE(p.records.has_ids);
  EXPECT_EQ(value(p, 0), "zoe");  // row 1
  EXPECT_EQ(value(p, 1), "ana");
  // What rows say decides their order, so that the order of the input does not.
  EXPECT_EQ(p.records.ids[p.records.id[0]], "2");
  const Prepared q = prepare_tables({make_column("name", {"Ana", "Zoe"})}, s);
  EXPECT_EQ(q.records.fields[0].of_record, p.records.fields[0].of_record);
}

TEST(PrepareTest, TablesMayNameTheirIdsDifferently) {
  Settings s =
      settings_of({field("name", Role::given_name, Comparison::jaro_winkler)}, "id|case_no");
  const Prepared p = prepare_tables({make_table("a", {{"id", "name"}, {"7", "Ana"}}),
                                     make_table("b", {{"case_no", "name"}, {"9", "Omar"}})},
                                    s);
  EXPECT_TRUE(p.records.has_ids);
  EXPECT_EQ(p.records.ids[p.records.id[1]], "9");
  EXPECT_EQ(p.records.sources[p.records.source[1]], "b");
}

TEST(PrepareTest, AMissingColumnIsAnError) {
  const Settings s = settings_of({field("nome", Role::given_name, Comparison::jaro_winkler)});
  std::vector<table::Table> tables = {make_column("name", {"Ana"})};
  const Result<Prepared> p = prepare(std::move(tables), s);
  ASSERT_FALSE(p.has_value());
  EXPECT_EQ(p.error().code, ErrorCode::invalid_input);
  EXPECT_NE(p.error().message.find("nome"), std::string::npos);
}

TEST(PrepareTest, OtherScriptsHaveALatinKey) {
  const Settings s = settings_of({field("name", Role::given_name, Comparison::jaro_winkler)});
  const Prepared p = prepare_tables({make_column("name", {"Мария", "Maria"})}, s);
  const link::Field& f = p.records.fields[0];
  EXPECT_EQ(value(p, 0), "мария");
  EXPECT_FALSE(f.key(f.of_record[record_of(p, 0)]).empty());
  EXPECT_LT(static_cast<unsigned char>(f.key(f.of_record[record_of(p, 0)])[0]), 0x80);
  EXPECT_EQ(f.key(f.of_record[record_of(p, 1)]), "maria");
}

TEST(PrepareTest, TruthIsHandedOnAndNoField) {
  Settings s = settings_of({field("name", Role::given_name, Comparison::jaro_winkler)});
  s.truth_column = "cluster";
  const Prepared p = prepare_tables(
      {make_table("t", {{"name", "cluster"}, {"Ana", "x"}, {"Eva", ""}, {"Ane", "x"}})}, s);
  EXPECT_EQ(p.records.fields.size(), 1U);
  EXPECT_EQ(p.records.truth[record_of(p, 0)], p.records.truth[record_of(p, 2)]);
  EXPECT_EQ(p.records.truth[record_of(p, 1)], 0U);
}

TEST(PrepareTest, CoordinatesBecomeAPoint) {
  Settings s = settings_of({field("point", Role::latitude, Comparison::point)});
  s.fields[0].columns = {{"", "lat", model::DateOrder::unknown, 0, "latitude"},
                         {"", "lon", model::DateOrder::unknown, 0, "longitude"}};
  const Prepared p = prepare_tables(
      {make_table("t",
                  {{"lat", "lon"}, {"48.85660", "2.3522"}, {"99", "1"}, {"0", "0"}, {"48", ""}})},
      s);
  EXPECT_EQ(value(p, 0), "48.8566,2.3522");
  EXPECT_EQ(value(p, 1), "");
  EXPECT_EQ(value(p, 2), "");
  EXPECT_EQ(p.problems.size(), 1U);
}

bool same_records(const link::Records& a, const link::Records& b) {
  if (a.fields.size() != b.fields.size() || a.ids.bytes() != b.ids.bytes() || a.id != b.id ||
      a.source != b.source || a.sources != b.sources || a.truth != b.truth ||
      a.truth_labels.bytes() != b.truth_labels.bytes()) {
    return false;
  }
  for (std::size_t f = 0; f < a.fields.size(); ++f) {
    const link::Field& x = a.fields[f];
    const link::Field& y = b.fields[f];
    if (x.values.bytes() != y.values.bytes() || x.values.offsets() != y.values.offsets() ||
        x.of_record != y.of_record || x.keys != y.keys || x.parts_of != y.parts_of ||
        x.part_lists != y.part_lists) {
      return false;
    }
  }
  return true;
}

Rows some_rows() {
  const auto pick = [](const std::vector<std::string>& values) {
    return *rc::gen::elementOf(values);
  };
  Rows rows = {{"id", "name", "dob", "phone", "age", "received", "cluster"}};
  const int count = *rc::gen::inRange(1, 60);
  for (int i = 0; i < count; ++i) {
    rows.push_back(
        {"r" + std::to_string(i), pick({"Ana", "ana ", "Мария", "José", "", "unknown", "Omar"}),
         pick({"03/04/2001", "31/05/1999", "2001-02-03", "", "bad", "31/02/2000", "1 May 1999"}),
         pick({"0612345678", "0612345678;0711223344", "", "12", "+33 6 12 34 56 78"}),
         pick({"14", "~9", "", "old"}), pick({"2020-06-15", "2021-01-02", ""}),
         pick({"a", "b", "c"})});
  }
  return rows;
}

TEST(PrepareTest, TheOrderOfRowsAndFilesChangesNoByte) {
  EXPECT_TRUE(rc::check([] {
    Rows rows = some_rows(), other = some_rows();
    Settings s = settings_of({field("name", Role::given_name, Comparison::jaro_winkler),
                              field("dob", Role::birth_date, Comparison::date),
                              field("phone", Role::phone, Comparison::edits)},
                             "id");
    s.fields[1].columns.push_back({"", "age", model::DateOrder::unknown, 0, "age"});
    s.fields[1].report_date = "received";
    s.fields[2].columns[0].separator = ';';
    s.truth_column = "cluster";
    const Prepared before = prepare_tables({make_table("a", rows), make_table("b", other)}, s);
    Rng rng(static_cast<std::uint64_t>(*rc::gen::arbitrary<int>()));
    for (std::size_t i = rows.size() - 1; i > 1; --i) {
      std::swap(rows[i], rows[1 + rng.below(static_cast<std::uint32_t>(i))]);
    }
    const Prepared after = prepare_tables({make_table("b", other), make_table("a", rows)}, s);
    RC_ASSERT(same_records(before.records, after.records));
    RC_ASSERT(before.problems.size() == after.problems.size());
  }));
}

}  // namespace
}  // namespace clew::formats
