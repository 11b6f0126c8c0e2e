// Slow, obvious twin of table/csv_rows.h: delimited text taken apart letter by letter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clew::reference {

// What stands at one place of the text: a row with its fields, or what is wrong with it. After a
// fault the rest of the line is skipped.
struct CsvRow {
  std::string kind;  // "row", "blank", "unclosed", "stray", "too long"
  std::uint64_t lines = 0;
  std::vector<std::string> fields;

  bool operator==(const CsvRow&) const = default;
};

std::vector<CsvRow> csv_rows(std::string_view text, std::uint64_t field_bytes_max);

}  // namespace clew::reference
