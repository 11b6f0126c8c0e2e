#include "table/json_lines.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "table/test_tables.h"

namespace clew::table {
namespace {

std::string read(std::string_view bytes) { return cells_of(table_of(bytes).value()); }

TEST(JsonLinesTest, ReadsObjectsAndSaysSo) {
  EXPECT_EQ(dump_of(table_of("{\"id\":\"1\",\"name\":\"Ann\"}\n{\"name\":\"Ben\",\"id\":\"2\"}")),
            "JSON lines, UTF-8\n[id][name]\n[1][Ann]\n[2][Ben]\n1 2 ");
}

TEST(JsonLinesTest, KeepsNumbersAndBooleansAsWritten) {
  EXPECT_EQ(read("{\"a\":1.50,\"b\":-0,\"c\":1E5,\"d\":123456789012345678901234,\"e\":true}\n"),
            "[a][b][c][d][e]\n[1.50][-0][1E5][123456789012345678901234][true]\n");
}

TEST(JsonLinesTest, NullAndEmptyAndAbsentAreMissing) {
  EXPECT_EQ(read("{\"a\":null,\"b\":\"\",\"c\":[],\"d\":{},\"e\":\" x \"}\n{\"f\":1}\n"),
            "[a][b][c][e][f]\n[][][][x][]\n[][][][][1]\n");
}

TEST(JsonLinesTest, FlattensNestedObjects) {
  EXPECT_EQ(
      read("{\"name\":{\"given\":\"Ann\",\"family\":{\"now\":\"B\",\"birth\":\"C\"}},\"x\":1}\n"),
      "[name.given][name.family.now][name.family.birth][x]\n[Ann][B][C][1]\n");
}

TEST(JsonLinesTest, JoinsArrays) {
  EXPECT_EQ(read("{\"p\":[\"1\",2,null,[\"3\"],\"\"]}\n"),
            "[p]\n[1\x1f"
            "2\x1f"
            "3]\n");
  EXPECT_EQ(read("{\"p\":[{\"k\":\"m\",\"n\":1},{\"n\":2}]}\n"),
            "[p.k][p.n]\n[m][1\x1f"
            "2]\n");
}

TEST(JsonLinesTest, ReadsEscapes) {
  EXPECT_EQ(read("{\"n\\u0061me\":\"Zo\\u00EB \\\"\\ud83d\\ude00\\\"\\n.\"}\n"),
            "[name]\n[Zo\xC3\xAB \"\xF0\x9F\x98\x80\"\n.]\n");
}

TEST(JsonLinesTest, MalformedLineIsRejectedAndTheRestGoesOn) {
  for (const std::string bad : {"bad",
                                "{\"a\":1",
                                "{\"a\":1,}",
                                "{\"a\" 1}",
                                "{\"a\":1 \"b\":2}",
                                "{\"a\":}",
                                "{\"a\":01}",
                                "{\"a\":+1}",
                                "{\"a\":1.}",
                                "{\"a\":.5}",
                                "{\"a\":tru}",
                                "{\"a\":nul}",
                                "{\"a\":nulll}",
                                "{\"a\":[1,]}",
                                "{\"a\":[1 2]}",
                                "{\"a\":\"x}",
                                "{\"a\":\"\\q\"}",
                                "{\"a\":\"\t\"}",
                                "{a:1}",
                                "{\"a\":1}}",
                                "{\"a\":1} x",
                                "{\"a\":1}{\"a\":2}",
                                "[1]",
                                "\"x\"",
                                "1",
                                "{",
                                "}",
                                "{]",
                                "{\"a\":[}",
                                "{\"a\":{]}"}) {
    const Table table = table_of("{\"id\":1}\n" + bad + "\n\n{\"id\":2}\n").value();
    EXPECT_EQ(cells_of(table), "[id]\n[1]\n[2]\n") << bad;
    ASSERT_EQ(table.rejected.size(), 1U) << bad;
    EXPECT_EQ(table.rejected[0].line, 2U);
    EXPECT_EQ(table.rejected[0].raw, bad);
    EXPECT_EQ(table.line_of_row, (std::vector<std::uint32_t>{1, 4}));
  }
}

TEST(JsonLinesTest, DeepNestingIsRejected) {
  const auto nested = [](int depth) {
    std::string line;
    for (int i = 0; i < depth; ++i) line += i == 0 ? "{\"a\":" : "[";
    line += "1";
    for (int i = depth; i > 0; --i) line += i == 1 ? "}" : "]";
    return line + "\n";
  };
  EXPECT_EQ(read(nested(60)), "[a]\n[1]\n");
  for (const int depth : {70, 1000, 100000}) {
    const Table table = table_of("{\"id\":1}\n" + nested(depth)).value();
    EXPECT_EQ(table.rejected.size(), 1U) << depth;
  }
}

TEST(JsonLinesTest, BadFieldIsEmptiedAndTheRowStays) {
  const Table table = table_of(
                          "{\"id\":1,\"name\":\"\xFF\",\"city\":\"K\xC3\xB6ln\"}\n{\"id\":2,"
                          "\"name\":\"a\\u0000b\"}\n")
                          .value();
  EXPECT_EQ(cells_of(table), "[id][name][city]\n[1][][K\xC3\xB6ln]\n[2][][]\n");
  ASSERT_EQ(table.problems.size(), 2U);
  EXPECT_EQ(table.problems[0].column, "name");
  EXPECT_EQ(table.problems[0].what, "not valid UTF-8");
  EXPECT_EQ(table.problems[1].what, "a NUL byte");
  EXPECT_EQ(table.problems[1].line, 2U);
}

TEST(JsonLinesTest, KeepsTheLimits) {
  const ReadOptions options{.columns_max = 3, .field_bytes_max = 10};
  const std::string start = "{\"a\":1}\n";
  EXPECT_EQ(table_of(start + "{\"a\":\"12345678901\"}", 100, options)->rejected.size(), 1U);
  EXPECT_EQ(
      table_of(start + "{\"a\":\"" + std::string(200, 'x') + "\"}\n" + start, 10, options)->rows(),
      2U);
  const Result<Table> wide = table_of("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}\n", 100, options);
  EXPECT_EQ(dump_of(wide), "error: more columns than the limit of 3");
}

TEST(JsonLinesTest, RefusesAnArrayWithAWord) {
  EXPECT_NE(dump_of(table_of("[{\"a\":1}]")).find("JSON array"), std::string::npos);
}

TEST(JsonLinesTest, ChunkSizeNeverChangesTheTable) {
  const auto letters = rc::gen::container<std::string>(
      rc::gen::weightedOneOf<char>({{4, rc::gen::element('{', '}', '[', ']', '"', ':', ',')},
                                    {4, rc::gen::element('a', '1', ' ', '\n', '\\')},
                                    {1, rc::gen::element('\xC3', '\xA9', '\0', '\xFF')}}));
  EXPECT_TRUE(rc::check([&letters] {
    std::string text = "{\"a\":1}\n";
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(letters)) {
      text.append("{\"a\":\"").append(part).append("\"}\n").append(part).append("\n");
    }
    const Result<Table> whole = table_of(text);
    const std::size_t chunk = *rc::gen::inRange<std::size_t>(1, 65);
    RC_ASSERT(dump_of(table_of(text, chunk)) == dump_of(whole));
  }));
}

}  // namespace
}  // namespace clew::table
