// ChunkBuffer: a window of whole rows over a source that is read in chunks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "table/byte_source.h"

namespace clew::table {

// The unread bytes are [begin(), end()); kPadding readable NUL bytes follow them, so that kernels
// may read whole blocks. Pointers stay valid until the next refill().
class ChunkBuffer {
 public:
  static constexpr std::size_t kPadding = 64;

  // Keeps a reference to `source`. REQUIRES: chunk_bytes > 0.
  ChunkBuffer(ByteSource& source, std::size_t chunk_bytes, std::uint64_t bytes_max)
      : source_(source), chunk_bytes_(chunk_bytes), bytes_max_(bytes_max) {}

  // Keeps the unread bytes and reads chunk_bytes more, or as many as are unread if that is more (so
  // that rescanning one long row stays linear). Sets at_end() when the source has no more. Fails
  // with the source's error, or when the whole is longer than bytes_max.
  Result<void> refill();

  // Consumes up to and with the next line end, refilling as needed, and returns the first `keep`
  // bytes of the line. An endless line takes no more memory than a short one.
  Result<std::string> skip_line(char line_end, std::size_t keep);

  char* begin() { return data_.data() + begin_; }
  const char* end() const { return data_.data() + end_; }
  bool at_end() const { return at_end_; }
  // All unread bytes are ASCII without NUL: fields need no check of their own.
  bool clean() const { return clean_; }
  void consume_to(const char* position) {
    begin_ = static_cast<std::size_t>(position - data_.data());
  }

 private:
  ByteSource& source_;
  std::size_t chunk_bytes_;
  std::uint64_t bytes_max_;
  std::uint64_t bytes_read_ = 0;
  std::string data_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool clean_ = true;
};

}  // namespace clew::table
