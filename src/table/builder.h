// TableBuilder: collects the rows, problems and rejected rows of one file into a Table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "table/table.h"

namespace clew::table {

class TableBuilder {
 public:
  static constexpr std::size_t kProblemsMax = 100000;
  static constexpr std::size_t kRejectedMax = 1000000;
  static constexpr std::size_t kRawBytesMax = 4096;

  explicit TableBuilder(std::string file) { table_.file = std::move(file); }

  // Adds a column, missing in all rows so far, and returns its index. A column without a name is
  // called column_N, a repeated name gets _2, _3; both become problems of the given line.
  std::size_t add_column(std::string_view name, std::uint64_t line);

  // Appends complete rows: fields[row * columns + column]. REQUIRES: a field for every column and a
  // line for every row. Fails when the table has 2^32 - 1 rows.
  Result<void> add_rows(std::span<const std::string_view> fields,
                        std::span<const std::uint32_t> lines);

  // Expects about this many rows; reserves address space, not memory.
  void expect_rows(std::uint64_t rows);

  // Records a problem; after kProblemsMax they are only counted, and the last one says how many.
  void problem(std::uint64_t line, std::string_view column, std::string what, std::string done);

  // Records a row that could not be read. Fails after kRejectedMax: the file is not what it seems.
  Result<void> reject(std::uint64_t line, std::string reason, std::string_view raw);

  const std::vector<Column>& columns() const { return table_.columns; }
  std::uint32_t rows() const { return table_.rows(); }
  bool rejected_any() const { return !table_.rejected.empty(); }

  // The finished table, its dictionaries frozen. Fails when it has no row, and says why.
  Result<Table> finish(std::string format) &&;

 private:
  Table table_;
  std::unordered_map<std::string, std::uint32_t> copies_;  // of each column name, so far
  std::uint64_t problems_left_out_ = 0;
};

}  // namespace clew::table
