#include "table/builder.h"

#include <algorithm>

#include "base/check.h"
#include "table/utf8.h"

namespace clew::table {

std::size_t TableBuilder::add_column(std::string_view name, std::uint64_t line) {
  const std::size_t number = table_.columns.size() + 1;
  const std::string base = name.empty() ? "column_" + std::to_string(number) : std::string(name);
  std::string unique = base;
  while (!copies_.try_emplace(unique, 1U).second) {
    unique = base + "_" + std::to_string(++copies_[base]);
  }
  if (name.empty()) {
    problem(line, unique, "column " + std::to_string(number) + " has no name", "called " + unique);
  } else if (unique != base) {
    problem(line, base, "the column name is repeated", "called " + unique);
  }
  Column column;
  column.name = unique;
  column.ids.assign(rows(), 0);
  table_.columns.push_back(std::move(column));
  return number - 1;
}

Result<void> TableBuilder::add_rows(std::span<const std::string_view> fields,
                                    std::span<const std::uint32_t> lines) {
  const std::size_t width = table_.columns.size();
  CHECK(fields.size() == width * lines.size());
  if (table_.line_of_row.size() + lines.size() >= 0xFFFFFFFFULL) {
    return fail(ErrorCode::invalid_input, "more than 4,294,967,294 rows");
  }
  for (std::size_t column = 0; column < width && !lines.empty(); ++column) {
    Column& into = table_.columns[column];
    into.values.intern_all(fields.subspan(column), width, into.ids);
  }
  table_.line_of_row.insert(table_.line_of_row.end(), lines.begin(), lines.end());
  return {};
}

void TableBuilder::expect_rows(std::uint64_t rows) {
  constexpr std::uint64_t kReasonable = 1U << 28;
  const auto count = static_cast<std::size_t>(std::min(rows, kReasonable));
  if (count <= table_.line_of_row.capacity()) return;
  table_.line_of_row.reserve(count);
  for (Column& column : table_.columns) column.ids.reserve(count);
}

void TableBuilder::problem(std::uint64_t line, std::string_view column, std::string what,
                           std::string done) {
  if (table_.problems.size() >= kProblemsMax) {
    ++problems_left_out_;
    return;
  }
  table_.problems.push_back(
      {table_.file, line, std::string(column), std::move(what), std::move(done)});
}

Result<void> TableBuilder::reject(std::uint64_t line, std::string reason, std::string_view raw) {
  if (table_.rejected.size() >= kRejectedMax) {
    return fail(ErrorCode::invalid_input, "more than " + std::to_string(kRejectedMax) +
                                              " rows cannot be read; the last, on line " +
                                              std::to_string(line) + ": " + reason);
  }
  while (!raw.empty() && (raw.back() == '\n' || raw.back() == '\r')) raw.remove_suffix(1);
  std::string_view cut = raw.substr(0, kRawBytesMax);
  // Do not cut a letter in two: drop the bytes of a sequence that goes on after the cut.
  for (int i = 0; i < 3 && cut.size() < raw.size() && (raw[cut.size()] & 0xC0) == 0x80; ++i) {
    cut.remove_suffix(1);
  }
  table_.rejected.push_back({table_.file, line, std::move(reason), repair_utf8(cut)});
  return {};
}

Result<Table> TableBuilder::finish(std::string format) && {
  if (rows() == 0 && !table_.rejected.empty()) {
    const Rejected& first = table_.rejected.front();
    return fail(ErrorCode::invalid_input, "no row can be read; the first, on line " +
                                              std::to_string(first.line) + ": " + first.reason);
  }
  if (rows() == 0) return fail(ErrorCode::invalid_input, "a header but no rows");
  if (problems_left_out_ > 0) {
    table_.problems.push_back({table_.file, 0, "",
                               std::to_string(problems_left_out_) + " more problems",
                               "treated likewise, not listed"});
  }
  for (Column& column : table_.columns) {
    column.values.freeze();
    column.ids.shrink_to_fit();
  }
  table_.line_of_row.shrink_to_fit();
  table_.format = std::move(format);
  return std::move(table_);
}

}  // namespace clew::table
