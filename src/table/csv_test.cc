#include "table/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "reference/csv.h"
#include "table/test_tables.h"

namespace clew::table {
namespace {

std::string read(std::string_view bytes) { return cells_of(table_of(bytes).value()); }

TEST(CsvTest, ReadsPlainRows) {
  EXPECT_EQ(read("id,name\n1,Ann\n2,Ben\n"), "[id][name]\n[1][Ann]\n[2][Ben]\n");
}

TEST(CsvTest, LastLineNeedsNoLineEnd) { EXPECT_EQ(read("a,b\n1,2"), "[a][b]\n[1][2]\n"); }

TEST(CsvTest, AcceptsEveryLineEnd) {
  EXPECT_EQ(read("a,b\r\n1,2\r\n"), "[a][b]\n[1][2]\n");
  EXPECT_EQ(read("a,b\r1,2\r3,4"), "[a][b]\n[1][2]\n[3][4]\n");
}

TEST(CsvTest, FindsEveryDelimiter) {
  const std::string with_commas = "a,b\n1,\"x,y\"\n";
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::string text = with_commas;
    std::replace(text.begin(), text.end(), ',', delimiter);
    EXPECT_EQ(read(text), std::string("[a][b]\n[1][x") + delimiter + "y]\n");
  }
  EXPECT_EQ(table_of("a;b\n1;2\n")->format, "CSV, semicolon, UTF-8");
  EXPECT_EQ(table_of("a\tb\n1\t2\n")->format, "CSV, tab, UTF-8");
}

TEST(CsvTest, DelimiterIsTheOneThatFitsMostRows) {
  EXPECT_EQ(read("id;note\n1;a, b\n2;c, d, e\n"), "[id][note]\n[1][a, b]\n[2][c, d, e]\n");
  EXPECT_EQ(read("name, first;age;sex\nx, y;3;f\n"), "[name, first][age][sex]\n[x, y][3][f]\n");
}

TEST(CsvTest, OneColumnIsATable) { EXPECT_EQ(read("name\nAnn\nBen\n"), "[name]\n[Ann]\n[Ben]\n"); }

TEST(CsvTest, TrimsBlanksAroundValuesAndHeader) {
  EXPECT_EQ(read("id, name , city\n1,  Ann B ,\t\"Ulm\" \n"),
            "[id][name][city]\n[1][Ann B][Ulm]\n");
  EXPECT_EQ(read("a,b\n\"  x \",y\n"), "[a][b]\n[x][y]\n");
}

TEST(CsvTest, QuotesProtectDelimitersLineEndsAndQuotes) {
  EXPECT_EQ(read("a,b\n\"x,1\",\"say \"\"hi\"\"\"\n\"two\nlines\",z\n"),
            "[a][b]\n[x,1][say \"hi\"]\n[two\nlines][z]\n");
  EXPECT_EQ(read("a,b\n\"\",\"\"\"\"\n"), "[a][b]\n[][\"]\n");
}

TEST(CsvTest, QuoteInsideAFieldIsPartOfIt) {
  EXPECT_EQ(read("a,b\n5\" tall,x\n\"He said \"hi\" there\",y\n"),
            "[a][b]\n[5\" tall][x]\n[He said \"hi\" there][y]\n");
}

TEST(CsvTest, SkipsEmptyLinesButCountsThem) {
  const Table table = table_of("\n\na,b\n\n1,2\n  \n\"x\ny\",4\n5,6\n").value();
  EXPECT_EQ(cells_of(table), "[a][b]\n[1][2]\n[x\ny][4]\n[5][6]\n");
  EXPECT_EQ(table.line_of_row, (std::vector<std::uint32_t>{5, 7, 9}));
}

TEST(CsvTest, QuotedEmptyCellIsARow) { EXPECT_EQ(read("a\n\"\"\nx\n"), "[a]\n[]\n[x]\n"); }

TEST(CsvTest, RejectsRowsOfTheWrongWidthAndGoesOn) {
  const Table table = table_of("a,b\n1,2\n1\n1,2,3\n3,4\n").value();
  EXPECT_EQ(cells_of(table), "[a][b]\n[1][2]\n[3][4]\n");
  ASSERT_EQ(table.rejected.size(), 2U);
  EXPECT_EQ(table.rejected[0].line, 3U);
  EXPECT_EQ(table.rejected[0].reason, "1 column instead of 2");
  EXPECT_EQ(table.rejected[0].raw, "1");
  EXPECT_EQ(table.rejected[1].reason, "3 columns instead of 2");
  EXPECT_EQ(table.rejected[1].file, "test.csv");
}

TEST(CsvTest, UnclosedQuoteCostsOneLine) {
  const Table table = table_of("a,b\n1,\"x\n2,y\n3,z\n").value();
  EXPECT_EQ(cells_of(table), "[a][b]\n[2][y]\n[3][z]\n");
  ASSERT_EQ(table.rejected.size(), 1U);
  EXPECT_EQ(table.rejected[0].reason, "a quote that is never closed");
  EXPECT_EQ(table.rejected[0].raw, "1,\"x");
}

TEST(CsvTest, UnbalancedQuoteDoesNotSwallowTheNextQuotedRow) {
  const Table table = table_of("a,b\n1,\"x\n2,\"y\"\n3,\"z\"\n").value();
  EXPECT_EQ(cells_of(table), "[a][b]\n[2][y]\n[3][z]\n");
  ASSERT_EQ(table.rejected.size(), 1U);
  EXPECT_EQ(table.rejected[0].reason, "text after a closing quote");
}

TEST(CsvTest, QuoteThatSwallowsMoreThanTheLongestFieldCostsOneLine) {
  std::string text = "a,b\n1,\"x\n";
  for (int i = 0; i < 100; ++i) text += std::to_string(i) + ",y\n";
  text += "last,\"\n";
  const ReadOptions options{.field_bytes_max = 50};
  const Table table = table_of(text, 1U << 20, options).value();
  EXPECT_EQ(table.rows(), 100U);
  EXPECT_EQ(table.rejected.size(), 2U);
}

TEST(CsvTest, EndlessFieldsAndRowsAreRejectedInLittleMemory) {
  const ReadOptions options{.field_bytes_max = 10};
  const std::string text = "a,b\n1," + std::string(100000, 'x') + "\n2,y\n3," +
                           std::string(100000, ' ') + "\n4," + std::string(50000, ',') + "\n5,z";
  const Table table = table_of(text, 100, options).value();
  EXPECT_EQ(cells_of(table), "[a][b]\n[2][y]\n[5][z]\n");
  ASSERT_EQ(table.rejected.size(), 3U);
  EXPECT_EQ(table.rejected[0].reason, "a field is longer than 10 bytes");
  EXPECT_EQ(table.rejected[0].raw.size(), 4096U);
  EXPECT_EQ(table.rejected[2].reason, "the row is longer than 160 bytes");
}

TEST(CsvTest, NamesColumnsThatHaveNoneOrTheSame) {
  const Table table = table_of("id,,id,id_2,id\n1,2,3,4,5\n").value();
  EXPECT_EQ(cells_of(table), "[id][column_2][id_2][id_2_2][id_3]\n[1][2][3][4][5]\n");
  EXPECT_EQ(table.problems.size(), 4U);
  EXPECT_EQ(table.problems[0].done, "called column_2");
}

TEST(CsvTest, BadFieldIsEmptiedAndTheRowStays) {
  using std::string_literals::operator""s;
  const auto text = "id,name,city\n1,\xFF\xFE\xC0,Ulm\n2,Zo\xC3\xAB,\n3,a\0b,Bonn\n"s;
  const Table table = table_of(text).value();
  EXPECT_EQ(cells_of(table), "[id][name][city]\n[1][][Ulm]\n[2][Zo\xC3\xAB][]\n[3][][Bonn]\n");
  ASSERT_EQ(table.problems.size(), 2U);
  EXPECT_EQ(table.problems[0].line, 2U);
  EXPECT_EQ(table.problems[0].column, "name");
  EXPECT_EQ(table.problems[0].what, "not valid UTF-8");
  EXPECT_EQ(table.problems[0].done, "field emptied");
  EXPECT_EQ(table.problems[1].what, "a NUL byte");
}

TEST(CsvTest, SaysWhenThereIsNothingToRead) {
  EXPECT_EQ(dump_of(table_of("")), "error: the file is empty");
  EXPECT_EQ(dump_of(table_of(" \n\n")), "error: the file is empty");
  EXPECT_EQ(dump_of(table_of("\xEF\xBB\xBF")), "error: the file is empty");
  EXPECT_EQ(dump_of(table_of("a,b\n")), "error: a header but no rows");
  EXPECT_EQ(dump_of(table_of("a,b\n1\n2\n")),
            "error: no row can be read; the first, on line 2: 1 column instead of 2");
}

TEST(CsvTest, KeepsTheLimits) {
  EXPECT_EQ(dump_of(table_of("a,b,c\n1,2,3\n", 100, {.columns_max = 2})),
            "error: 3 columns, more than the limit of 2");
  EXPECT_EQ(dump_of(table_of("a,b,c\n1,2,3\n", 100, {.bytes_max = 5})),
            "error: longer than the limit of 5 bytes");
  EXPECT_EQ(dump_of(table_of("a,\"b\n1,2\n")),
            "error: the header cannot be read: a quote that is never closed");
}

// Text that is dense in what the grammar turns on.
rc::Gen<std::string> csv_text() {
  return rc::gen::container<std::string>(
      rc::gen::weightedOneOf<char>({{4, rc::gen::element('a', 'b', ' ')},
                                    {6, rc::gen::element(',', '"', '\n', '\r')},
                                    {1, rc::gen::element('\xC3', '\xA9', '\0', ';')}}));
}

TEST(CsvTest, ChunkSizeNeverChangesTheTable) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = "a,b\n" + *csv_text();
    const ReadOptions options{.field_bytes_max = *rc::gen::inRange<std::uint64_t>(1, 20)};
    const std::string whole = dump_of(table_of(text, 1U << 20, options));
    const std::size_t chunk = *rc::gen::inRange<std::size_t>(1, 65);
    RC_ASSERT(dump_of(table_of(text, chunk, options)) == whole);
  }));
}

TEST(CsvTest, EveryChunkSizeGivesTheSameTable) {
  const std::string text =
      "id, name,\"note\"\r\n1,\"a \"\"b\"\" c\",x\r\n\r\n2,\"two\r\nlines\", \"y\" \r\n3,bad\r\n"
      "4,\"open,\r\n5,\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD,\xFF\r\n6,\"s\"t\",\r\n7,,";
  const std::string whole = dump_of(table_of(text));
  for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
    EXPECT_EQ(dump_of(table_of(text, chunk)), whole) << chunk;
  }
}

// The rows of the fast reader in the form of the slow one.
std::vector<reference::CsvRow> rows_of(const std::string& text, std::uint64_t field_bytes_max) {
  std::string buffer = text + std::string(ChunkBuffer::kPadding, '\0');
  CsvRows rows({}, field_bytes_max);
  const char* const end = buffer.data() + text.size();
  rows.set_buffer(end);
  std::vector<reference::CsvRow> found;
  for (const char* at = buffer.data(); at < end;) {
    const RowKind kind = rows.read(at, true);
    if (kind == RowKind::row || kind == RowKind::blank) {
      rows.unescape();
      found.push_back({kind == RowKind::row ? "row" : "blank",
                       rows.lines(),
                       {rows.fields().begin(), rows.fields().end()}});
      at = rows.next();
    } else {
      const char* words = kind == RowKind::unclosed ? "unclosed" : "too long";
      found.push_back({kind == RowKind::stray ? "stray" : words, 1, {}});
      at = std::find(at, end, '\n');
      if (at < end) ++at;
    }
  }
  return found;
}

TEST(CsvTest, AgreesWithTheSlowReader) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *csv_text();
    const std::uint64_t field_max = *rc::gen::inRange<std::uint64_t>(1, 40);
    RC_ASSERT(rows_of(text, field_max) == reference::csv_rows(text, field_max));
  }));
}

TEST(CsvTest, AgreesWithTheSlowReaderOnAllShortTexts) {
  const std::string letters = "a ,\"\n";
  for (std::size_t length = 0; length <= 7; ++length) {
    std::size_t count = 1;
    for (std::size_t i = 0; i < length; ++i) count *= letters.size();
    for (std::size_t code = 0; code < count; ++code) {
      std::string text;
      for (std::size_t i = 0, rest = code; i < length; ++i, rest /= letters.size()) {
        text += letters[rest % letters.size()];
      }
      ASSERT_TRUE(rows_of(text, 1000) == reference::csv_rows(text, 1000)) << text;
    }
  }
}

}  // namespace
}  // namespace clew::table
