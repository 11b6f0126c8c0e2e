// Makes tables for tests from rows written in the test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "table/table.h"

namespace clew::formats {

using Rows = std::vector<std::vector<std::string>>;

// The first row holds the names of the columns. Line 2 is the first record.
inline table::Table make_table(const std::string& source, const Rows& rows) {
  table::Table table;
  table.file = source + ".csv";
  table.source = source;
  for (const std::string& name : rows.at(0)) table.columns.emplace_back().name = name;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    table.line_of_row.push_back(static_cast<std::uint32_t>(r + 1));
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      table::Column& column = table.columns[c];
      column.ids.push_back(column.values.intern(rows[r].at(c)));
    }
  }
  return table;
}

// A table of one column.
inline table::Table make_column(const std::string& name, const std::vector<std::string>& values) {
  Rows rows = {{name}};
  for (const std::string& value : values) rows.push_back({value});
  return make_table("file", rows);
}

}  // namespace clew::formats
