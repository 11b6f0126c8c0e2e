#include "table/chunks.h"

#include <algorithm>
#include <cstring>

#include "table/utf8.h"

namespace clew::table {

Result<void> ChunkBuffer::refill() {
  const std::size_t kept = end_ - begin_;
  if (kept > 0) std::memmove(data_.data(), data_.data() + begin_, kept);
  begin_ = 0;
  end_ = kept;
  const std::size_t wanted = kept + std::max(chunk_bytes_, kept);
  if (data_.size() < wanted + kPadding) data_.resize(wanted + kPadding);
  while (end_ < wanted) {
    const std::size_t got = TRY(source_.read(data_.data() + end_, wanted - end_));
    if (got == 0) {
      at_end_ = true;
      break;
    }
    end_ += got;
    bytes_read_ += got;
  }
  if (bytes_read_ > bytes_max_) {
    return fail(ErrorCode::invalid_input,
                "longer than the limit of " + std::to_string(bytes_max_) + " bytes");
  }
  std::memset(data_.data() + end_, 0, kPadding);
  clean_ = is_clean_ascii({data_.data(), end_});
  return {};
}

Result<std::string> ChunkBuffer::skip_line(char line_end, std::size_t keep) {
  std::string line;
  while (true) {
    const auto unread = static_cast<std::size_t>(end() - begin());
    const void* found = std::memchr(begin(), line_end, unread);
    const char* stop = found == nullptr ? end() : static_cast<const char*>(found);
    line.append(begin(), std::min(keep - line.size(), static_cast<std::size_t>(stop - begin())));
    consume_to(found == nullptr ? stop : stop + 1);
    if (found != nullptr || at_end_) return line;
    TRY(refill());
  }
}

}  // namespace clew::table
