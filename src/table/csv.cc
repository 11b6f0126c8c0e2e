#include "table/csv.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "table/utf8.h"

namespace clew::table {
namespace {

constexpr std::size_t kBatchRows = 512;  // small enough to stay in the cache between row and column
constexpr std::uint64_t kFieldsPerRow = 16;  // the longest row, in longest fields

std::string columns_words(std::size_t found, std::size_t wanted) {
  return std::to_string(found) + (found == 1 ? " column" : " columns") + " instead of " +
         std::to_string(wanted);
}

class CsvReader {
 public:
  CsvReader(ChunkBuffer& chunks, CsvDialect dialect, const ReadOptions& options,
            std::uint64_t bytes_expected, TableBuilder& builder)
      : chunks_(chunks),
        dialect_(dialect),
        options_(options),
        row_bytes_max_(options.field_bytes_max * kFieldsPerRow),
        bytes_expected_(bytes_expected),
        builder_(builder),
        rows_(dialect, options.field_bytes_max) {}

  Result<void> read() {
    while (true) {
      const char* at = chunks_.begin();
      while (at < chunks_.end()) {
        const RowKind kind = rows_.read(at, chunks_.at_end());
        const bool whole = kind == RowKind::row || kind == RowKind::blank;
        const auto size = static_cast<std::uint64_t>((whole ? rows_.next() : chunks_.end()) - at);
        if (kind == RowKind::incomplete && size <= row_bytes_max_) break;
        if (!whole || size > row_bytes_max_) {
          at = TRY(reject_line(at, kind));
          continue;
        }
        if (kind == RowKind::row) TRY(take_row(at));
        at = rows_.next();
        line_ += rows_.lines();
      }
      TRY(flush());
      chunks_.consume_to(at);
      if (chunks_.at_end()) break;
      TRY(chunks_.refill());
      rows_.set_buffer(chunks_.end());
    }
    if (!have_header_) return fail(ErrorCode::invalid_input, "the file is empty");
    return {};
  }

 private:
  Result<void> take_row(const char* start) {
    if (!have_header_) return take_header();
    const std::size_t width = builder_.columns().size();
    const std::size_t found = rows_.fields().size();
    if (found != width) {
      const auto size = static_cast<std::size_t>(rows_.next() - start);
      return builder_.reject(line_, columns_words(found, width), {start, size});
    }
    const bool clean =
        chunks_.clean() || is_clean_ascii({start, static_cast<std::size_t>(rows_.next() - start)});
    rows_.unescape();
    const std::size_t first = fields_.size();
    fields_.insert(fields_.end(), rows_.fields().begin(), rows_.fields().end());
    if (!clean) check_fields(first);
    lines_.push_back(static_cast<std::uint32_t>(std::min<std::uint64_t>(line_, 0xFFFFFFFFULL)));
    if (lines_.size() == kBatchRows) return flush();
    return {};
  }

  Result<void> take_header() {
    rows_.unescape();
    have_header_ = true;
    if (rows_.fields().size() > options_.columns_max) {
      return fail(ErrorCode::invalid_input, std::to_string(rows_.fields().size()) +
                                                " columns, more than the limit of " +
                                                std::to_string(options_.columns_max));
    }
    for (const std::string_view name : rows_.fields()) {
      builder_.add_column(is_clean_utf8(name) ? name : std::string_view(), line_);
    }
    if (bytes_expected_ > 0) {
      // Rows are guessed from the first chunk, a little high; too low costs only a reallocation.
      const std::string_view chunk(chunks_.begin(),
                                   static_cast<std::size_t>(chunks_.end() - chunks_.begin()));
      const auto ends = std::count(chunk.begin(), chunk.end(), dialect_.line_end);
      const std::uint64_t bytes_per_row = chunk.size() / (static_cast<std::uint64_t>(ends) + 1) + 1;
      builder_.expect_rows(bytes_expected_ / bytes_per_row * 17 / 16);
    }
    return {};
  }

  void check_fields(std::size_t first) {
    for (std::size_t i = first; i < fields_.size(); ++i) {
      if (is_clean_utf8(fields_[i])) continue;
      const bool nul = fields_[i].find('\0') != std::string_view::npos;
      builder_.problem(line_, builder_.columns()[i - first].name,
                       nul ? "a NUL byte" : "not valid UTF-8", "field emptied");
      fields_[i] = {};
    }
  }

  Result<void> flush() {
    TRY(builder_.add_rows(fields_, lines_));
    fields_.clear();
    lines_.clear();
    return {};
  }

  // Rejects the row that starts at `start` and returns where the next line begins, which may take
  // more chunks: the rest of an endless line is dropped as it comes.
  Result<const char*> reject_line(const char* start, RowKind kind) {
    std::string reason = "the row is longer than " + std::to_string(row_bytes_max_) + " bytes";
    if (kind == RowKind::unclosed) reason = "a quote that is never closed";
    if (kind == RowKind::stray) reason = "text after a closing quote";
    if (kind == RowKind::too_long) {
      reason = "a field is longer than " + std::to_string(options_.field_bytes_max) + " bytes";
    }
    if (!have_header_)
      return fail(ErrorCode::invalid_input, "the header cannot be read: " + reason);
    TRY(flush());
    chunks_.consume_to(start);
    // One byte more than is kept, to see whether the cut falls into a letter.
    const std::string line =
        TRY(chunks_.skip_line(dialect_.line_end, TableBuilder::kRawBytesMax + 1));
    TRY(builder_.reject(line_, reason, line));
    rows_.set_buffer(chunks_.end());
    ++line_;
    return chunks_.begin();
  }

  ChunkBuffer& chunks_;
  CsvDialect dialect_;
  const ReadOptions& options_;
  std::uint64_t row_bytes_max_;
  std::uint64_t bytes_expected_;
  TableBuilder& builder_;
  CsvRows rows_;
  bool have_header_ = false;
  std::uint64_t line_ = 1;
  std::vector<std::string_view> fields_;  // of the rows not yet handed on, row by row
  std::vector<std::uint32_t> lines_;
};

// How many of the first rows have the width of the first one, if that is more than 1.
struct Fit {
  std::size_t rows = 0;
  std::size_t width = 0;
};

Fit fit_of(CsvDialect dialect, const std::string& padded, std::size_t size,
           const ReadOptions& options) {
  constexpr std::size_t kRows = 100;
  CsvRows rows(dialect, options.field_bytes_max);
  const char* at = padded.data();
  const char* const end = at + size;
  rows.set_buffer(end);
  Fit fit;
  for (std::size_t seen = 0; seen < kRows && at < end;) {
    const RowKind kind = rows.read(at, true);
    if (kind != RowKind::row && kind != RowKind::blank) {
      const void* line = std::memchr(at, dialect.line_end, static_cast<std::size_t>(end - at));
      if (line == nullptr) break;
      at = static_cast<const char*>(line) + 1;
      continue;
    }
    at = rows.next();
    if (kind == RowKind::blank) continue;
    ++seen;
    const std::size_t width = rows.fields().size();
    if (fit.width == 0) fit.width = width;
    if (width == fit.width) ++fit.rows;
  }
  return fit.width > 1 ? fit : Fit{};
}

}  // namespace

CsvDialect find_dialect(std::string_view first_bytes, const ReadOptions& options) {
  CsvDialect best;
  if (first_bytes.find('\n') == std::string_view::npos &&
      first_bytes.find('\r') != std::string_view::npos) {
    best.line_end = '\r';
  }
  std::string padded(first_bytes);
  padded.append(ChunkBuffer::kPadding, '\0');
  Fit best_fit;
  for (const char delimiter : std::array{',', ';', '\t', '|'}) {
    const CsvDialect dialect{delimiter, best.line_end};
    const Fit fit = fit_of(dialect, padded, first_bytes.size(), options);
    if (fit.rows > best_fit.rows || (fit.rows == best_fit.rows && fit.width > best_fit.width)) {
      best = dialect;
      best_fit = fit;
    }
  }
  return best;
}

Result<void> read_csv(ChunkBuffer& chunks, CsvDialect dialect, const ReadOptions& options,
                      std::uint64_t bytes_expected, TableBuilder& builder) {
  return CsvReader(chunks, dialect, options, bytes_expected, builder).read();
}

}  // namespace clew::table
