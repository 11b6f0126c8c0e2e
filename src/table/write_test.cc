#include "table/write.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <limits>

#include "table/test_tables.h"
#include "table/utf8.h"

namespace clew::table {
namespace {

class WriteTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = (std::filesystem::temp_directory_path() / "clew-write-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    path_ = folder + "/out.csv";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  CsvWriter writer() const { return CsvWriter(OutputFile::create(path_).value()); }
  std::string text() const { return read_file(path_, 1U << 20).value(); }

  std::string folder_;
  std::string path_;
};

TEST_F(WriteTest, QuotesOnlyWhatMustBeQuoted) {
  CsvWriter out = writer();
  ASSERT_TRUE(out.row({"id", "name", "note"}).has_value());
  ASSERT_TRUE(out.row({"1", "a b", "x;y"}).has_value());
  ASSERT_TRUE(out.row({"a,b", "say \"hi\"", "two\nlines"}).has_value());
  ASSERT_TRUE(out.row({" blank", "", "\r"}).has_value());
  ASSERT_TRUE(out.commit().has_value());
  EXPECT_EQ(
      text(),
      "id,name,note\n1,a b,x;y\n\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n\" blank\",,\"\r\"\n");
}

TEST_F(WriteTest, WritesNumbersInFewestDigits) {
  CsvWriter out = writer();
  out.cell(0.1).cell(1e300).cell(-2.0).cell(1.0 / 3).cell(std::numeric_limits<double>::infinity());
  ASSERT_TRUE(out.end_row().has_value());
  out.cell(-7).cell(7U).cell(std::numeric_limits<std::int64_t>::min());
  out.cell(std::numeric_limits<std::uint64_t>::max()).cell("x");
  ASSERT_TRUE(out.end_row().has_value());
  ASSERT_TRUE(out.commit().has_value());
  EXPECT_EQ(
      text(),
      "0.1,1e+300,-2,0.3333333333333333,\n-7,7,-9223372036854775808,18446744073709551615,x\n");
}

TEST_F(WriteTest, LoneEmptyCellIsNoEmptyLine) {
  CsvWriter out = writer();
  ASSERT_TRUE(out.row({""}).has_value());
  ASSERT_TRUE(out.commit().has_value());
  EXPECT_EQ(text(), "\"\"\n");
}

// Values as a table holds them: UTF-8 without NUL and without blanks at the ends.
rc::Gen<std::string> value() {
  return rc::gen::map(
      rc::gen::container<std::string>(
          rc::gen::weightedOneOf<char>({{3, rc::gen::element(',', '"', '\n', '\r', ';', '\t', ' ')},
                                        {3, rc::gen::inRange<char>(1, 127)},
                                        {1, rc::gen::arbitrary<char>()}})),
      [](const std::string& bytes) { return std::string(trim(repair_utf8(bytes))); });
}

TEST_F(WriteTest, WhatIsWrittenReadsBackTheSame) {
  EXPECT_TRUE(rc::check([this] {
    const std::size_t columns = *rc::gen::inRange<std::size_t>(1, 6);
    const std::size_t rows = *rc::gen::inRange<std::size_t>(1, 30);
    const auto cells = *rc::gen::container<std::vector<std::string>>(columns * rows, value());
    CsvWriter out = writer();
    for (std::size_t i = 0; i < columns; ++i) out.cell("c" + std::to_string(i));
    RC_ASSERT(out.end_row().has_value());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out.cell(cells[i]);
      if (i % columns == columns - 1) RC_ASSERT(out.end_row().has_value());
    }
    RC_ASSERT(out.commit().has_value());
    const std::size_t chunk = *rc::gen::inRange<std::size_t>(1, 65);
    std::string bytes = read_file(path_, 1U << 20).value();
    const Result<Table> read = table_of(bytes, chunk);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->rejected.empty());
    RC_ASSERT(read->columns.size() == columns);
    RC_ASSERT(read->rows() == rows);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Column& column = read->columns[i % columns];
      RC_ASSERT(column.values[column.ids[i / columns]] == cells[i]);
    }
  }));
}

}  // namespace
}  // namespace clew::table
