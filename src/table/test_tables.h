// Helpers of the tests of this folder: tables from bytes, and tables as text to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "table/reader.h"

namespace clew::table {

// Reads a table from memory, in chunks of the given size.
inline Result<Table> table_of(std::string_view bytes, std::size_t chunk_bytes = 1U << 20,
                              const ReadOptions& options = {}) {
  return read_source(bytes_then(std::string(bytes), nullptr), "test.csv", options,
                     {.chunk_bytes = chunk_bytes});
}

// Header and rows, cells in brackets: "[id][name]\n[1][Ann]\n".
inline std::string cells_of(const Table& table) {
  std::string out;
  for (const Column& column : table.columns) out += "[" + column.name + "]";
  out += '\n';
  for (std::uint32_t row = 0; row < table.rows(); ++row) {
    for (const Column& column : table.columns) {
      out += "[" + std::string(column.values[column.ids[row]]) + "]";
    }
    out += '\n';
  }
  return out;
}

// All that a table holds, line numbers, problems and rejected rows included.
inline std::string dump_of(const Result<Table>& table) {
  if (!table) return "error: " + table.error().message;
  std::string out = table->format + "\n" + cells_of(*table);
  for (const std::uint32_t line : table->line_of_row) out += std::to_string(line) + " ";
  for (const Problem& problem : table->problems) {
    out += "\nproblem " + std::to_string(problem.line) + " " + problem.column + ": " +
           problem.what + ", " + problem.done;
  }
  for (const Rejected& rejected : table->rejected) {
    out += "\nrejected " + std::to_string(rejected.line) + ": " + rejected.reason + ": " +
           rejected.raw;
  }
  return out;
}

}  // namespace clew::table
