// Table: one input file in memory, column by column, and what went wrong while it was read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "table/dictionary.h"

namespace clew::table {

// One column in the Arrow dictionary layout: `ids[row]` is an index into `values`; 0 is missing.
// Values are UTF-8 as written in the file, trimmed of blanks at both ends. A JSON array of strings
// or numbers arrives as its elements joined by kListSeparator.
struct Column {
  std::string name;
  Dictionary values;
  std::vector<std::uint32_t> ids;
};

inline constexpr char kListSeparator = '\x1f';  // ASCII unit separator: never part of a real value

// Something wrong with one field or one row. Never holds the value itself: it may be personal.
struct Problem {
  std::string file;
  std::uint64_t line = 0;  // 1-based line on which the row starts
  std::string column;      // empty when the whole row is meant
  std::string what;        // "impossible date", "not valid UTF-8", "7 columns instead of 8"
  std::string done;        // "field emptied", "row rejected"
};

// A row that could not be read at all, kept for rejected.csv (personal data: mode 0600 only).
struct Rejected {
  std::string file;
  std::uint64_t line = 0;
  std::string reason;
  std::string raw;  // the bytes of the row, cut at 4,096, bad UTF-8 replaced
};

struct Table {
  std::string file;    // as given on the command line; "-" is stdin
  std::string source;  // file name without folder and endings; unique among the tables of one run
  std::vector<Column> columns;
  std::vector<std::uint32_t> line_of_row;  // line on which each row starts (cut at 2^32 - 1)
  std::vector<Problem> problems;
  std::vector<Rejected> rejected;
  std::string format;  // "CSV, comma, UTF-8", for the report
  std::uint32_t rows() const { return static_cast<std::uint32_t>(line_of_row.size()); }
};

}  // namespace clew::table
