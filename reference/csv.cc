#include "reference/csv.h"

#include <algorithm>

namespace clew::reference {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool ends_field(char c) { return c == ',' || c == '\n'; }

std::string trimmed(const std::string& text) {
  const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
  const auto last = std::find_if_not(text.rbegin(), text.rend(), is_blank).base();
  return first < last ? std::string(first, last) : "";
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at]) && !ends_field(text[at])) ++at;
  return at;
}

// Reads the quoted field that opens at `at` into row, and moves `at` to what ends it. Returns what
// is wrong, or nothing.
std::string read_quoted(std::string_view text, std::size_t& at, std::uint64_t longest,
                        CsvRow& row) {
  const std::size_t open = at++;
  std::string field;
  bool left_the_line = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '\n') left_the_line = true;
    if (text[at] != '"') {
      field += text[at];
      continue;
    }
    if (at - open - 1 > longest) return "unclosed";
    if (at + 1 < text.size() && text[at + 1] == '"') {
      field += '"';
      ++at;
      continue;
    }
    const std::size_t after = skip_blanks(text, at + 1);
    if (after == text.size() || ends_field(text[after])) {
      row.fields.push_back(trimmed(field));
      at = after;
      return "";
    }
    if (left_the_line) return "stray";
    field += '"';
  }
  return "unclosed";
}

CsvRow read_row(std::string_view text, std::size_t& at, std::uint64_t longest) {
  const std::size_t begin = at;
  CsvRow row;
  bool quoted = false;
  while (true) {
    const std::size_t field = at;
    at = skip_blanks(text, at);
    if (at < text.size() && text[at] == '"') {
      row.kind = at - field > longest ? "too long" : read_quoted(text, at, longest, row);
      quoted = true;
    } else {
      while (at < text.size() && !ends_field(text[at])) ++at;
      row.kind = at - field > longest ? "too long" : "";
      row.fields.push_back(trimmed(std::string(text.substr(field, at - field))));
    }
    if (!row.kind.empty()) {
      at = std::min(text.find('\n', begin), text.size() - 1) + 1;
      return {row.kind, 1, {}};
    }
    if (at < text.size() && text[at] == ',') {
      ++at;
      continue;
    }
    const auto passed = text.substr(begin, at - begin);
    row.lines = 1 + static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
    row.kind = row.fields == std::vector<std::string>{""} && !quoted ? "blank" : "row";
    at = std::min(at + 1, text.size());
    return row;
  }
}

}  // namespace

std::vector<CsvRow> csv_rows(std::string_view text, std::uint64_t field_bytes_max) {
  std::vector<CsvRow> rows;
  for (std::size_t at = 0; at < text.size();) rows.push_back(read_row(text, at, field_bytes_max));
  return rows;
}

}  // namespace clew::reference
