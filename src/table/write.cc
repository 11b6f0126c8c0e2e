#include "table/write.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/check.h"
#include "table/utf8.h"

namespace clew::table {
namespace {

// Blanks at the ends are quoted as well: some readers drop them otherwise.
bool must_quote(std::string_view text) {
  if (text.empty()) return false;
  if (is_blank(text.front()) || is_blank(text.back())) return true;
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; });
}

template <typename Number>
void append_number(std::string& row, Number number) {
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  CHECK(error == std::errc());
  row.append(digits.data(), end);
}

}  // namespace

void CsvWriter::separate() {
  if (cells_++ > 0) row_ += ',';
}

CsvWriter& CsvWriter::cell(std::string_view text) {
  separate();
  if (!must_quote(text)) {
    row_.append(text);
    return *this;
  }
  row_ += '"';
  for (const char c : text) {
    if (c == '"') row_ += '"';
    row_ += c;
  }
  row_ += '"';
  return *this;
}

CsvWriter& CsvWriter::cell(double number) {
  separate();
  if (std::isfinite(number)) append_number(row_, number);
  return *this;
}

CsvWriter& CsvWriter::cell(std::int64_t number) {
  separate();
  append_number(row_, number);
  return *this;
}

CsvWriter& CsvWriter::cell(std::uint64_t number) {
  separate();
  append_number(row_, number);
  return *this;
}

Result<void> CsvWriter::end_row() {
  // A row of one empty cell would be an empty line, which readers skip.
  if (cells_ == 1 && row_.empty()) row_ = "\"\"";
  row_ += '\n';
  Result<void> written = file_.write(row_);
  row_.clear();
  cells_ = 0;
  return written;
}

Result<void> CsvWriter::row(std::initializer_list<std::string_view> cells) {
  for (const std::string_view text : cells) cell(text);
  return end_row();
}

Result<void> CsvWriter::commit() {
  CHECK(cells_ == 0);
  return file_.commit();
}

}  // namespace clew::table
