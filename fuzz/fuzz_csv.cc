// Reads any bytes as delimited text, whole and in small chunks, and checks that the table is sound.
// Seed: \007\377a,b\n1,"x ""y"" z"\n2,"two\nlines"\n
// Seed: \007\377a;b\r\n1;2\r\n\r\n3;"open\r\n4;5
// Seed: \007\377\357\273\277id|n\n1|\377\n2|\000x\n
// Seed: \007\377\377\376i\000,\000b\000\n\0001\000,\0002\000

#include <string>

#include "base/check.h"
#include "fuzz/input.h"
#include "table/reader.h"

namespace {

using namespace clew;

// What a caller relies on for every table.
void check_sound(const table::Table& read) {
  CHECK(read.rows() > 0);
  for (const table::Column& column : read.columns) {
    CHECK(!column.name.empty());
    CHECK(column.ids.size() == read.rows());
    for (const std::uint32_t id : column.ids) CHECK(id < column.values.size());
  }
  for (std::size_t row = 1; row < read.line_of_row.size(); ++row) {
    CHECK(read.line_of_row[row - 1] < read.line_of_row[row]);
  }
  for (std::size_t i = 1; i < read.rejected.size(); ++i) {
    CHECK(read.rejected[i - 1].line < read.rejected[i].line);
  }
  // No line is both a row and rejected.
  std::size_t row = 0;
  for (const table::Rejected& rejected : read.rejected) {
    while (row < read.rows() && read.line_of_row[row] < rejected.line) ++row;
    CHECK(row == read.rows() || read.line_of_row[row] != rejected.line);
  }
}

void check_same(const table::Table& a, const table::Table& b) {
  CHECK(a.format == b.format);
  CHECK(a.line_of_row == b.line_of_row);
  CHECK(a.problems.size() == b.problems.size());
  CHECK(a.columns.size() == b.columns.size());
  for (std::size_t i = 0; i < a.columns.size(); ++i) {
    CHECK(a.columns[i].name == b.columns[i].name);
    CHECK(a.columns[i].ids == b.columns[i].ids);
    CHECK(a.columns[i].values.bytes() == b.columns[i].values.bytes());
  }
  CHECK(a.rejected.size() == b.rejected.size());
  for (std::size_t i = 0; i < a.rejected.size(); ++i) {
    CHECK(a.rejected[i].reason == b.rejected[i].reason);
    CHECK(a.rejected[i].raw == b.rejected[i].raw);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t chunk_bytes = input.byte() % 64U + 1U;
  table::ReadOptions options;
  options.field_bytes_max = input.byte() + 1U;
  options.columns_max = 50;
  options.bytes_max = 1U << 20;
  const std::string bytes(input.rest());
  const auto whole = table::read_source(table::bytes_then(bytes, nullptr), "x", options,
                                        {.chunk_bytes = 1U << 13});
  const auto parts = table::read_source(table::bytes_then(bytes, nullptr), "x", options,
                                        {.chunk_bytes = chunk_bytes});
  CHECK(whole.has_value() == parts.has_value());
  if (!whole) {
    CHECK(whole.error().message == parts.error().message);
    return 0;
  }
  check_sound(*whole);
  check_same(*whole, *parts);
  return 0;
}
