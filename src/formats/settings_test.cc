#include "formats/settings.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "formats/test_tables.h"

namespace clew::formats {
namespace {

using link::Comparison;
using link::Role;

// A file that lives as long as the test.
class TextFile {
 public:
  explicit TextFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("settings_test_" + std::to_string(::getpid()) + ".toml")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TextFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Result<Settings> read(const std::string& text, const Recognition& recognition = {}) {
  const TextFile file(text);
  return read_settings(file.path(), recognition);
}

std::string error_of(const std::string& text) {
  const Result<Settings> s = read(text);
  return s ? "no error" : s.error().message.substr(s.error().message.find(".toml:") + 6);
}

TEST(SettingsTest, ExpressesTheEqualSettingsBenchmark) {
  const auto s = read(R"(
id_column = "unique_id"
truth_column = "cluster"
seed = 3
[[field]]
name = "first_name"
role = "given_name"
thresholds = [0.92, 0.7]
[[field]]
name = "surname"
role = "family_name"
thresholds = [0.92, 0.7]
household = false
[[field]]
name = "dob"
role = "birth_date"
comparison = "edits"
thresholds = [1, 2]
frequency = false
[[field]]
name = "email"
role = "email"
comparison = "jaro_winkler"
thresholds = [0.88]
[blocking]
rules = [["first_name", "surname"], ["email"], ["dob:year", "surname:soundex"]]
[training]
relatives = false
dependence = false
fuzzy_frequency = false
passes = 1
u_pairs = 10000000
deterministic = [["first_name", "surname", "dob"], ["email"]]
deterministic_recall = 0.7
rounds = [["first_name", "surname"], ["dob"]]
[clustering]
method = "components"
threshold = 0.95
)");
  ASSERT_TRUE(s.has_value()) << s.error().message;
  EXPECT_EQ(s->fields.size(), 4U);
  EXPECT_EQ(s->fields[0].columns.at(0).column, "first_name");
  EXPECT_EQ(s->fields[0].spec.comparison, Comparison::jaro_winkler);
  EXPECT_EQ(s->fields[2].spec.thresholds, (std::vector<double>{1, 2}));
  EXPECT_FALSE(s->fields[2].spec.frequency);
  EXPECT_EQ(s->options.rules.at(2).at(1).part, "soundex");
  EXPECT_EQ(s->options.deterministic.at(0).size(), 3U);
  EXPECT_EQ(s->options.clustering, link::Clustering::components);
  EXPECT_EQ(s->options.passes, 1U);
  EXPECT_EQ(s->options.seed, 3U);
}

TEST(SettingsTest, KeysThatAreAbsentKeepTheirDefaults) {
  const auto s = read("wrong_links = 0.01\n");
  ASSERT_TRUE(s.has_value());
  const link::Options defaults;
  EXPECT_EQ(s->options.wrong_links, 0.01);
  EXPECT_EQ(s->options.pairs_total, defaults.pairs_total);
  EXPECT_EQ(s->options.block_max, defaults.block_max);
}

TEST(SettingsTest, WithoutFieldsTheRecognisedOnesAreKept) {
  const std::vector<table::Table> tables = {make_table("t", {{"id", "first_name", "dob"},
                                                             {"a1", "Ana", "1999-05-31"},
                                                             {"a2", "Luis", "2001-02-28"},
                                                             {"a3", "Eva", "1987-12-01"}})};
  const Recognition recognition = recognise(tables);
  const auto s = read("seed = 2\n", recognition);
  ASSERT_TRUE(s.has_value());
  EXPECT_EQ(s->id_column, "id");
  ASSERT_EQ(s->fields.size(), 2U);
  EXPECT_EQ(s->fields[1].spec.name, "dob");
}

TEST(SettingsTest, ErrorsNameLineAndKey) {
  EXPECT_EQ(error_of("\nwrong_link = 1\n"), "2: wrong_link: is not a key of the settings");
  EXPECT_EQ(error_of("wrong_links = 2\n"), "1: wrong_links: must be a number from 0 to 1");
  EXPECT_EQ(error_of("seed = \"x\"\n").substr(0, 8), "1: seed:");
  EXPECT_EQ(error_of("[blocking]\nblock_max = 0\n").substr(0, 22), "2: blocking.block_max:");
  EXPECT_EQ(error_of("[blocking]\nrules = [[\"dob\"]]\n"),
            "2: blocking.rules: there is no field dob");
  EXPECT_EQ(error_of("[[field]]\nname = \"a\"\nrole = \"nurse\"\n").substr(0, 29),
            "3: field.role: must be one of");
  EXPECT_EQ(error_of("[[field]]\nname = \"a\"\ncolour = 1\n"),
            "3: field.colour: is not a key of the settings");
  EXPECT_EQ(error_of("[[field]]\nname = \"a\"\ncolumns = [{ column = \"a\", ordr = \"x\" }]\n"),
            "3: field.columns.ordr: is not a key of the settings");
  EXPECT_EQ(
      error_of("[[field]]\nname = \"a\"\ncomparison = \"jaro_winkler\"\nthresholds = [0.7, 0.9]\n"),
      "4: field.thresholds: must stand best first");
  EXPECT_EQ(error_of("today = \"soon\"\n").substr(0, 9), "1: today:");
  EXPECT_EQ(error_of("a = \n").substr(0, 2), "1:");
  EXPECT_EQ(error_of("field = 3\n"), "1: field: must be a list of tables");
}

TEST(SettingsTest, AFileThatIsNotThereIsNotFound) {
  const auto s = read_settings("/nonexistent/clew.toml", {});
  ASSERT_FALSE(s.has_value());
  EXPECT_EQ(s.error().code, ErrorCode::not_found);
}

bool same(const Settings& a, const Settings& b) {
  if (a.fields.size() != b.fields.size()) return false;
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    const FieldSetting& x = a.fields[i];
    const FieldSetting& y = b.fields[i];
    if (x.spec.name != y.spec.name || x.spec.role != y.spec.role ||
        x.spec.comparison != y.spec.comparison || x.spec.thresholds != y.spec.thresholds ||
        x.spec.household != y.spec.household || x.spec.frequency != y.spec.frequency ||
        x.report_date != y.report_date || x.columns.size() != y.columns.size()) {
      return false;
    }
    for (std::size_t c = 0; c < x.columns.size(); ++c) {
      const auto& p = x.columns[c];
      const auto& q = y.columns[c];
      if (p.table != q.table || p.column != q.column || p.order != q.order ||
          p.separator != q.separator || p.part != q.part) {
        return false;
      }
    }
  }
  const link::Options& o = a.options;
  const link::Options& p = b.options;
  const auto rules = [](const link::Options& options) {
    std::vector<std::string> out;
    for (const auto& rule : options.rules) {
      out.emplace_back("/");
      for (const link::BlockingKey& key : rule) out.push_back(key.field + ":" + key.part);
    }
    return out;
  };
  return a.id_column == b.id_column && a.source_column == b.source_column &&
         a.truth_column == b.truth_column && a.unique_sources == b.unique_sources &&
         a.placeholders == b.placeholders && a.today == b.today &&
         a.default_country == b.default_country && o.wrong_links == p.wrong_links &&
         o.seed == p.seed && o.threads == p.threads && o.memory_bytes == p.memory_bytes &&
         rules(o) == rules(p) && o.pairs_per_record == p.pairs_per_record &&
         o.pairs_total == p.pairs_total && o.block_max == p.block_max && o.keys_max == p.keys_max &&
         o.relatives == p.relatives && o.dependence == p.dependence &&
         o.fuzzy_frequency == p.fuzzy_frequency && o.passes == p.passes && o.u_pairs == p.u_pairs &&
         o.rounds_max == p.rounds_max && o.deterministic == p.deterministic &&
         o.deterministic_recall == p.deterministic_recall &&
         o.training_rounds == p.training_rounds && o.clustering == p.clustering &&
         o.threshold == p.threshold && o.review_low == p.review_low;
}

std::string any_text() {
  return *rc::gen::elementOf(
      std::vector<std::string>{"a", "b c", "é\"\\", "имя", "x\ny", "#", "[t]", "'''"});
}

FieldSetting any_field(int number) {
  FieldSetting field;
  field.spec.name = "f" + std::to_string(number);
  field.spec.role = static_cast<Role>(*rc::gen::inRange(6, 27));
  field.spec.comparison = static_cast<Comparison>(*rc::gen::inRange(0, 9));
  if (field.spec.comparison == Comparison::jaro_winkler) field.spec.thresholds = {0.92, 1.0 / 3};
  if (field.spec.comparison == Comparison::edits) field.spec.thresholds = {1, 2};
  field.spec.household = *rc::gen::arbitrary<bool>();
  field.spec.frequency = *rc::gen::arbitrary<bool>();
  field.report_date = *rc::gen::element<std::string>("", "d", "d|e f");
  const int columns = *rc::gen::inRange(1, 4);
  for (int i = 0; i < columns; ++i) {
    field.columns.push_back({any_text(), any_text(),
                             static_cast<model::DateOrder>(*rc::gen::inRange(0, 5)),
                             *rc::gen::element('\0', ';', '|', '\x1f'),
                             *rc::gen::element<std::string>("", "given", "age")});
  }
  return field;
}

TEST(SettingsTest, WhatIsWrittenReadsBackTheSame) {
  EXPECT_TRUE(rc::check([] {
    Settings s;
    const int fields = *rc::gen::inRange(0, 4);
    for (int i = 0; i < fields; ++i) s.fields.push_back(any_field(i));
    s.id_column = *rc::gen::element<std::string>("", "id", "id|rec id");
    s.placeholders = {any_text(), any_text()};
    s.today = *rc::gen::element<std::string>("", "2024-06-30");
    s.default_country = *rc::gen::element<std::string>("", "FR");
    s.options.wrong_links = *rc::gen::inRange(0, 1000) / 999.0;
    s.options.seed = *rc::gen::arbitrary<std::uint64_t>();
    s.options.pairs_total = 1e10 + 0.5;
    s.options.relatives = *rc::gen::arbitrary<bool>();
    if (fields > 1) {
      s.options.rules = {{{"f0", "year"}, {"f1", ""}}, {{"f1", "last4"}}};
      s.options.deterministic = {{"f0", "f1"}};
      s.options.training_rounds = {{"f0"}, {"f1"}};
    }
    s.options.clustering =
        *rc::gen::element(link::Clustering::field_mean, link::Clustering::components);
    const auto back = read(write_settings(s, {}));
    RC_ASSERT(back.has_value());
    RC_ASSERT(same(s, *back));
  }));
}

TEST(SettingsTest, RecognisedSettingsReadBackTheSame) {
  const std::vector<table::Table> tables = {
      make_table("a", {{"rec_id", "name", "age", "received", "lat", "lon"},
                       {"r1", "Ana Ruiz", "12", "2024-01-02", "48.8", "2.3"},
                       {"r2", "Luis Gil", "14", "2024-03-04", "40.4", "-3.7"},
                       {"r3", "Eva Mora", "13", "2023-01-02", "33.9", "35.5"}}),
      make_table("b", {{"id", "prénom", "nom", "ddn"},
                       {"1", "Ana", "Ruiz", "31/05/2011"},
                       {"2", "Luc", "Roy", "01/02/2012"},
                       {"3", "Eve", "Bon", "28/12/2010"}})};
  const Recognition recognition = recognise(tables);
  const Settings s = settings_from(recognition);
  const auto back = read(write_settings(s, recognition), recognition);
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_TRUE(same(s, *back));
  EXPECT_EQ(s.id_column, "rec_id|id");
}

}  // namespace
}  // namespace clew::formats
