// CsvWriter: writes delimited text that any program reads back as it was.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace clew::table {

// RFC 4180 with '\n' line ends: a cell is quoted only when it must be. Cells are added one after
// the other, end_row() ends the row; a failure to write (full disk) comes out of end_row() or
// commit(). Doubles are written with the fewest digits that read back as the same number;
// not-a-number and infinities as empty cells. Cost: above a million rows a second. Not thread-safe.
class CsvWriter {
 public:
  explicit CsvWriter(OutputFile file) : file_(std::move(file)) {}

  CsvWriter& cell(std::string_view text);
  CsvWriter& cell(const char* text) { return cell(std::string_view(text)); }
  CsvWriter& cell(double number);
  CsvWriter& cell(std::int64_t number);
  CsvWriter& cell(std::uint64_t number);
  CsvWriter& cell(std::int32_t number) { return cell(std::int64_t{number}); }
  CsvWriter& cell(std::uint32_t number) { return cell(std::uint64_t{number}); }

  Result<void> end_row();

  // A whole row of text, the header for example.
  Result<void> row(std::initializer_list<std::string_view> cells);

  // Gives the file its name (OutputFile::commit). REQUIRES: no row is half written.
  Result<void> commit();

 private:
  void separate();

  OutputFile file_;
  std::string row_;
  std::uint64_t cells_ = 0;  // in this row
};

}  // namespace clew::table
