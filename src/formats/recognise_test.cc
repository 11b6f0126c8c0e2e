#include "formats/recognise.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/rng.h"
#include "formats/field_spec.h"
#include "formats/test_tables.h"

namespace clew::formats {
namespace {

using link::Comparison;
using link::Role;

const ColumnGuess& guess_of(const Recognition& r, std::string_view column,
                            std::string_view table = {}) {
  for (const ColumnGuess& guess : r.columns) {
    if (guess.column == column && (table.empty() || guess.table == table)) return guess;
  }
  static const ColumnGuess kNone;
  ADD_FAILURE() << "no column " << column;
  return kNone;
}

Recognition recognise_all(const std::vector<table::Table>& tables) { return recognise(tables); }

ColumnGuess recognise_column(const std::string& name, const std::vector<std::string>& values) {
  return recognise_all({make_column(name, values)}).columns.at(0);
}

std::vector<std::string> repeated(const std::vector<std::string>& values, std::size_t times) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < times; ++i) out.insert(out.end(), values.begin(), values.end());
  return out;
}

// People with names, dates and places that repeat here and there, as in a real file.
Rows people(std::size_t count, std::uint64_t seed = 1) {
  const std::vector<std::string> given = {"Ana", "Luis", "Maria", "Juan",
                                          "Eva", "Omar", "Nina",  "Igor"};
  const std::vector<std::string> family = {"Ruiz", "Costa", "Vega", "Leon", "Mora", "Gil",
                                           "Soto", "Pena",  "Rey",  "Diaz", "Cano", "Lara"};
  Rng rng(seed);
  Rows rows = {{"given_name", "surname", "full_name", "dob", "cluster"}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& g = given[rng.below(8)];
    std::string f = family[rng.below(12)];
    f += given[rng.below(8)];
    const std::string date =
        fmt::format("{}-0{}-1{}", 1990 + rng.below(25), 1 + rng.below(9), rng.below(10));
    rows.push_back({g, f, fmt::format("Mx {} {}", g, f), date, std::to_string(i / 2)});
  }
  return rows;
}

TEST(RecogniseTest, ContentSpeaksWhereTheHeaderSaysNothing) {
  EXPECT_EQ(recognise_column("col1", repeated({"1999-05-31", "2003-02-01", "1987-12-24"}, 5)).role,
            Role::birth_date);
  EXPECT_EQ(
      recognise_column("x7", repeated({"ana@post.org", "luis@mail.com", "eva@x.net"}, 5)).role,
      Role::email);
  EXPECT_EQ(
      recognise_column("c", repeated({"+33 6 12 34 56 78", "0612345679", "06 12 99 88 77"}, 5))
          .role,
      Role::phone);
  EXPECT_EQ(recognise_column("c", repeated({"m", "f", "F", "M"}, 5)).role, Role::sex);
  EXPECT_EQ(recognise_column("c", repeated({"ذكر", "أنثى"}, 5)).role, Role::sex);
  EXPECT_EQ(recognise_column("c", repeated({"мужской", "женский", "ж"}, 5)).role, Role::sex);
  EXPECT_EQ(recognise_column("c", {"a1", "a2", "a3", "a4", "a5"}).role, Role::id);
  EXPECT_EQ(recognise_column("c", repeated({"red", "green", "blue"}, 30)).role, Role::category);
  EXPECT_EQ(recognise_column("c", repeated({"2023-01-02", "2024-05-06", "2022-12-24"}, 5)).role,
            Role::report_date);
}

TEST(RecogniseTest, NumbersOfWhichNothingIsKnownAreNoEvidence) {
  std::vector<std::string> values;
  for (int i = 0; i < 400; ++i) values.push_back(std::to_string(1000 + i / 2));
  EXPECT_EQ(recognise_column("x7", values).role, Role::ignored);
}

TEST(RecogniseTest, HeaderAndContentMustNotContradict) {
  const ColumnGuess guess = recognise_column("dob", repeated({"ana@post.org", "luis@mail.com"}, 5));
  EXPECT_EQ(guess.role, Role::email);
  EXPECT_EQ(recognise_column("dob", repeated({"12", "14", "9", "17"}, 5)).role, Role::ignored);
  EXPECT_EQ(recognise_column("surname", repeated({"12", "14", "99", "17"}, 5)).role, Role::ignored);
}

TEST(RecogniseTest, TheTruthIsNeverEvidence) {
  for (const char* name :
       {"cluster", "group", "entity", "entity_id", "person_id", "true_id", "label", "match_id"}) {
    std::vector<std::string> values;
    for (int i = 0; i < 300; ++i) values.push_back("p" + std::to_string(i / 3));
    EXPECT_EQ(recognise_column(name, values).role, Role::truth) << name;
  }
  for (const char* name : {"household", "family_id"}) {
    std::vector<std::string> values;
    for (int i = 0; i < 300; ++i) values.push_back("h" + std::to_string(i / 3));
    EXPECT_EQ(recognise_column(name, values).role, Role::ignored) << name;
  }
}

TEST(RecogniseTest, AnIdThatRepeatsNamesGroupsAndIsNoEvidence) {
  std::vector<std::string> values;
  for (int i = 0; i < 300; ++i) values.push_back("c" + std::to_string(i / 3));
  EXPECT_EQ(recognise_column("case_id", values).role, Role::ignored);
}

TEST(RecogniseTest, AtMostOneColumnIsTheId) {
  Rows rows = {{"rec_id", "case no"}};
  for (int i = 0; i < 50; ++i)
    rows.push_back({"rec-" + std::to_string(i) + "-org", std::to_string(i)});
  const Recognition r = recognise_all({make_table("t", rows)});
  EXPECT_EQ(guess_of(r, "rec_id").role, Role::id);
  EXPECT_EQ(guess_of(r, "case no").role, Role::ignored);
}

TEST(RecogniseTest, AFullNameBesideItsPartsCountsOnce) {
  const Recognition r = recognise_all({make_table("t", people(200))});
  EXPECT_EQ(guess_of(r, "full_name").role, Role::ignored);
  EXPECT_EQ(guess_of(r, "full_name").repeats, "given_name + surname");
  EXPECT_EQ(guess_of(r, "given_name").role, Role::given_name);
  EXPECT_EQ(guess_of(r, "surname").role, Role::family_name);
  EXPECT_EQ(guess_of(r, "cluster").role, Role::truth);
}

TEST(RecogniseTest, ACopiedColumnCountsOnce) {
  Rows rows = people(200);
  rows[0].push_back("date of birth (copy)");
  for (std::size_t i = 1; i < rows.size(); ++i) rows[i].push_back(rows[i][3]);
  const Recognition r = recognise_all({make_table("t", rows)});
  EXPECT_EQ(guess_of(r, "dob").role, Role::birth_date);
  EXPECT_EQ(guess_of(r, "date of birth (copy)").repeats, "dob");
}

TEST(RecogniseTest, AFullNameAloneIsEvidenceAndMeetsNamesInParts) {
  Rows whole = {{"name"}}, parts = {{"first name", "last name"}};
  for (const auto& row : people(60)) {
    if (row[0] == "given_name") continue;
    whole.push_back({row[0] + " " + row[1]});
    parts.push_back({row[0], row[1]});
  }
  const Recognition r = recognise_all({make_table("a", whole), make_table("b", parts)});
  EXPECT_EQ(guess_of(r, "name").role, Role::full_name);
  const std::string given = guess_of(r, "first name").field,
                    family = guess_of(r, "last name").field;
  EXPECT_EQ(guess_of(r, "name").field, given + ", " + family);
}

TEST(RecogniseTest, SingleWordsUnderNameAreAPart) {
  const Recognition r = recognise_all(
      {make_table("t", {{"name", "surname"}, {"Ana", "Ruiz"}, {"Luis", "Vega"}, {"Eva", "Gil"}})});
  EXPECT_EQ(guess_of(r, "name").role, Role::given_name);
}

TEST(RecogniseTest, AnAgeNeedsTheDateOfTheReport) {
  const Rows with = {
      {"age", "received"}, {"12", "2024-01-02"}, {"14", "2024-03-04"}, {"13", "2023-01-02"}};
  const Recognition r = recognise_all({make_table("t", with)});
  EXPECT_EQ(guess_of(r, "age").role, Role::age);
  EXPECT_EQ(guess_of(r, "age").report_date, "received");
  EXPECT_EQ(guess_of(r, "age").field, "birth_date");
  EXPECT_EQ(recognise_column("age", {"12", "14", "13", "9"}).role, Role::ignored);
}

TEST(RecogniseTest, CoordinatesComeInPairs) {
  const Recognition r = recognise_all(
      {make_table("t", {{"lat", "lon"}, {"48.85", "2.35"}, {"40.41", "-3.70"}, {"33.9", "35.5"}})});
  EXPECT_EQ(guess_of(r, "lat").field, "point");
  EXPECT_EQ(guess_of(r, "lon").field, "point");
  EXPECT_EQ(recognise_column("lat", {"48.85", "40.41", "33.9"}).role, Role::ignored);
}

TEST(RecogniseTest, EmptyAndSingleValuedColumnsAreIgnored) {
  EXPECT_EQ(recognise_column("city", {"", "", ""}).role, Role::ignored);
  EXPECT_EQ(recognise_column("city", {"Lima", "Lima", "Lima"}).role, Role::ignored);
}

TEST(RecogniseTest, LongTextIsNoEvidence) {
  std::vector<std::string> values;
  for (int i = 0; i < 20; ++i) {
    values.push_back("the child was seen near the station with two adults on day " +
                     std::to_string(i));
  }
  EXPECT_EQ(recognise_column("x", values).role, Role::free_text);
  EXPECT_EQ(recognise_column("notes", values).role, Role::free_text);
}

TEST(RecogniseTest, SeveralValuesInACellAreFound) {
  EXPECT_EQ(
      recognise_column("phones", repeated({"0612345678;0611111199", "0612999977", "0688776655"}, 4))
          .separator,
      ';');
  EXPECT_EQ(
      recognise_column("phones", repeated({"0612345678", "0612999977", "0688776655"}, 4)).separator,
      0);
}

TEST(RecogniseTest, TablesThatShareSomeFieldsMeetThere) {
  const table::Table a =
      make_table("a", {{"first_name", "dob", "city", "phone", "mobile"},
                       {"Ana", "1999-05-31", "Lima", "0612345678", "0712345678"},
                       {"Luis", "2001-02-28", "Cusco", "0612345679", "0712345679"},
                       {"Eva", "1987-12-01", "Quito", "0612345670", "0712345670"}});
  const table::Table b =
      make_table("b", {{"prénom", "date de naissance", "lieu de naissance", "téléphone"},
                       {"Ana", "31/05/1999", "Lima", "0612345678"},
                       {"Luc", "28/02/2001", "Paris", "0612345679"},
                       {"Eve", "01/12/1987", "Lyon", "0612345670"}});
  const Recognition r = recognise_all({a, b});
  EXPECT_EQ(guess_of(r, "first_name").field, guess_of(r, "prénom").field);
  EXPECT_EQ(guess_of(r, "dob").field, guess_of(r, "date de naissance").field);
  EXPECT_EQ(guess_of(r, "phone").field, guess_of(r, "mobile").field);
  EXPECT_EQ(guess_of(r, "phone").field, guess_of(r, "téléphone").field);
  EXPECT_NE(guess_of(r, "city").field, guess_of(r, "lieu de naissance").field);
}

TEST(RecogniseTest, TwoAddressesPairUpByHeader) {
  const Rows one = {{"address_1", "address_2"},
                    {"3 rue basse", "flat 7"},
                    {"9 rue haute", "annexe"},
                    {"2 rue neuve", "flat 1"}};
  const Rows two = {{"address_2", "address_1"},
                    {"flat 7", "3 rue basse"},
                    {"annexe", "9 rue haute"},
                    {"flat 1", "2 rue neuve"}};
  const Recognition r = recognise_all({make_table("a", one), make_table("b", two)});
  EXPECT_EQ(guess_of(r, "address_1", "a").field, guess_of(r, "address_1", "b").field);
  EXPECT_EQ(guess_of(r, "address_2", "a").field, guess_of(r, "address_2", "b").field);
  EXPECT_NE(guess_of(r, "address_1", "a").field, guess_of(r, "address_2", "a").field);
}

TEST(RecogniseTest, MiddleNamesThatAreInitialsAreComparedSo) {
  EXPECT_EQ(recognise_column("middle name", repeated({"A", "B.", "C", "Maria"}, 4)).comparison,
            Comparison::initial);
  EXPECT_EQ(recognise_column("middle name", repeated({"Ana", "Jose", "C"}, 4)).comparison,
            Comparison::jaro_winkler);
}

TEST(RecogniseTest, TheOrderOfTheRowsChangesNothing) {
  Rows rows = people(500);
  const Recognition before = recognise_all({make_table("t", rows)});
  Rng rng(7);
  for (std::size_t i = rows.size() - 1; i > 1; --i) {
    std::swap(rows[i], rows[1 + rng.below(static_cast<std::uint32_t>(i))]);
  }
  const Recognition after = recognise_all({make_table("t", rows)});
  for (std::size_t c = 0; c < before.columns.size(); ++c) {
    EXPECT_EQ(before.columns[c].role, after.columns[c].role);
    EXPECT_EQ(before.columns[c].field, after.columns[c].field);
    EXPECT_EQ(before.columns[c].reasons, after.columns[c].reasons);
  }
}

}  // namespace
}  // namespace clew::formats
