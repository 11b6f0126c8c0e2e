#include "table/csv_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "table/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace clew::table {
namespace {

#if defined(__SSE2__)
// One bit for each of 64 bytes: is it one of the three?
std::uint64_t mask_of(const char* block, char a, char b, char c) {
  const __m128i wanted_a = _mm_set1_epi8(a), wanted_b = _mm_set1_epi8(b),
                wanted_c = _mm_set1_epi8(c);
  std::uint64_t mask = 0;
  for (unsigned part = 0; part < 4; ++part) {
    __m128i bytes;
    std::memcpy(&bytes, block + part * 16, 16);
    const __m128i found = _mm_or_si128(
        _mm_cmpeq_epi8(bytes, wanted_a),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted_b), _mm_cmpeq_epi8(bytes, wanted_c)));
    const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(found));
    mask |= static_cast<std::uint64_t>(bits) << (part * 16);
  }
  return mask;
}
#else
std::uint64_t mask_of(const char* block, char a, char b, char c) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 64; ++i) {
    const bool found = block[i] == a || block[i] == b || block[i] == c;
    mask |= static_cast<std::uint64_t>(found) << i;
  }
  return mask;
}
#endif

bool all_blank(const char* begin, const char* end) { return std::all_of(begin, end, is_blank); }

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

const char* find_byte(const char* begin, const char* end, char wanted) {
  const void* found = std::memchr(begin, wanted, static_cast<std::size_t>(end - begin));
  return found == nullptr ? end : static_cast<const char*>(found);
}

}  // namespace

void CsvRows::load(const char* from) {
  block_ = from;
  mask_ = mask_of(from, dialect_.delimiter, dialect_.line_end, '"');
}

// The first delimiter, line end or quote at or after `from`, or end_.
const char* CsvRows::special(const char* from) {
  if (block_ == nullptr || from < block_ || from >= block_ + 64) load(from);
  std::uint64_t mask = mask_ >> (from - block_) << (from - block_);
  while (mask == 0) {
    if (end_ - block_ <= 64) return end_;
    load(block_ + 64);
    mask = mask_;
  }
  return std::min(block_ + std::countr_zero(mask), end_);
}

// Reads the quoted field whose opening quote is at `open`; leaves `position` at what ended it.
RowKind CsvRows::read_quoted(const char* open, bool at_end, const char*& position) {
  const auto longest = static_cast<std::ptrdiff_t>(
      std::min<std::uint64_t>(field_bytes_max_, static_cast<std::uint64_t>(PTRDIFF_MAX)));
  bool doubled = false;
  for (const char* at = open + 1;; ++at) {
    at = find_byte(at, end_, '"');
    if (at - open - 1 > longest) return RowKind::unclosed;
    if (at == end_) return at_end ? RowKind::unclosed : RowKind::incomplete;
    if (at + 1 < end_ && at[1] == '"') {
      doubled = true;
      ++at;
      continue;
    }
    const char* after = at + 1;
    while (after < end_ && is_blank(*after) && *after != dialect_.delimiter &&
           *after != dialect_.line_end) {
      ++after;
    }
    if (after == end_ && !at_end) return RowKind::incomplete;
    if (after == end_ || *after == dialect_.delimiter || *after == dialect_.line_end) {
      if (doubled) escaped_.push_back(static_cast<std::uint32_t>(fields_.size()));
      fields_.push_back(trim(between(open + 1, at)));
      position = after;
      return RowKind::row;
    }
    if (find_byte(open, at, dialect_.line_end) != at) return RowKind::stray;
  }
}

RowKind CsvRows::read(const char* begin, bool at_end) {
  fields_.clear();
  escaped_.clear();
  bool quoted = false;
  const char* field = begin;
  while (true) {
    const char* position = special(field);
    if (static_cast<std::uint64_t>(position - field) > field_bytes_max_) return RowKind::too_long;
    if (position < end_ && *position == '"' && all_blank(field, position)) {
      const RowKind kind = read_quoted(position, at_end, position);
      if (kind != RowKind::row) return kind;
      quoted = true;
    } else {
      while (position < end_ && *position == '"') position = special(position + 1);
      if (static_cast<std::uint64_t>(position - field) > field_bytes_max_) return RowKind::too_long;
      if (position == end_ && !at_end) return RowKind::incomplete;
      fields_.push_back(trim(between(field, position)));
    }
    if (position < end_ && *position == dialect_.delimiter) {
      field = position + 1;
      continue;
    }
    next_ = position < end_ ? position + 1 : end_;
    lines_ = 1;
    if (quoted) {
      lines_ += static_cast<std::uint64_t>(std::count(begin, position, dialect_.line_end));
    }
    const bool blank = fields_.size() == 1 && fields_[0].empty() && !quoted;
    return blank ? RowKind::blank : RowKind::row;
  }
}

void CsvRows::unescape() {
  for (const std::uint32_t index : escaped_) {
    const std::string_view field = fields_[index];
    // The bytes lie in the caller's own buffer, which is not const.
    char* const start = const_cast<char*>(field.data());
    char* to = start;
    for (const char* from = start; from < start + field.size(); ++from) {
      *to++ = *from;
      if (*from == '"' && from + 1 < start + field.size() && from[1] == '"') ++from;
    }
    fields_[index] = trim(between(start, to));
  }
  escaped_.clear();
}

}  // namespace clew::table
