// Which rows become records, in which order, and how they are called.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/prepare.h"

namespace clew::formats {

// Where record r stands in the files.
struct RecordOrder {
  std::vector<std::uint16_t> table;  // empty when there is only one table
  std::vector<std::uint32_t> row;

  std::size_t table_of(std::size_t record) const { return table.empty() ? 0 : table[record]; }
};

// The column of a table that a setting names ("a|b": the first that it has), or null.
table::Column* column_named(table::Table* table, std::string_view names);

// For each row of a table the index of its source in `sources`.
std::vector<std::uint16_t> sources_of_rows(table::Table* table, const Settings& settings,
                                           const std::vector<std::string>& sources);

// Fills the sources, ids and truth of the records, and rejects rows whose id the source used
// before.
Result<RecordOrder> order_records(std::vector<table::Table>* tables, const Settings& settings,
                                  Prepared* prepared);

}  // namespace clew::formats
