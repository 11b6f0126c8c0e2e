// CsvRows: finds rows and fields in a buffer of delimited text, without copying.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace clew::table {

struct CsvDialect {
  char delimiter = ',';
  char line_end = '\n';  // '\r' for files from old Macs; "\r\n" is '\n' with a blank before it
};

enum class RowKind : std::uint8_t {
  row,         // fields() holds it
  blank,       // an empty line
  incomplete,  // the buffer ends inside the row: come again with more
  unclosed,    // a quote that is not closed within the longest field allowed
  stray,       // text after the closing quote of a field that runs over several lines
  too_long,    // a field is longer than allowed
};

// Grammar: RFC 4180, and what files in the field hold beside it: blanks around fields and quotes
// are dropped; a quote inside an unquoted field is part of it; a quote inside a quoted field that
// no delimiter follows is part of it, as long as the field has not left its line. (A quote that
// closes and is followed by text on a later line shows that an earlier quote was unbalanced.)
class CsvRows {
 public:
  CsvRows(CsvDialect dialect, std::uint64_t field_bytes_max)
      : dialect_(dialect), field_bytes_max_(field_bytes_max) {}

  // Says that the buffer has moved. 64 bytes after `end` must be readable and 0.
  void set_buffer(const char* end) {
    end_ = end;
    block_ = nullptr;
  }

  // Reads one row that starts at `begin`; at_end says that nothing follows the buffer. next() is
  // then the start of the next row, lines() the number of line ends passed. After unclosed, stray
  // and too_long, nothing is said about next(): the caller skips the line. REQUIRES: begin < end.
  RowKind read(const char* begin, bool at_end);

  // The trimmed fields of the last row. Escaped quotes are still doubled until unescape().
  const std::vector<std::string_view>& fields() const { return fields_; }
  const char* next() const { return next_; }
  std::uint64_t lines() const { return lines_; }

  // Halves doubled quotes, in the buffer itself. Call only when the row's raw bytes are of no more
  // use.
  void unescape();

 private:
  const char* special(const char* from);
  void load(const char* from);
  RowKind read_quoted(const char* open, bool at_end, const char*& position);

  CsvDialect dialect_;
  std::uint64_t field_bytes_max_;
  const char* end_ = nullptr;
  const char* block_ = nullptr;  // 64 bytes, of which mask_ marks delimiters, line ends and quotes
  std::uint64_t mask_ = 0;
  std::vector<std::string_view> fields_;
  std::vector<std::uint32_t> escaped_;  // fields that hold doubled quotes
  const char* next_ = nullptr;
  std::uint64_t lines_ = 0;
};

}  // namespace clew::table
