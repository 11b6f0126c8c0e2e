// Unpacks gzip streams of one or more members.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "table/byte_source.h"

namespace clew::table {
namespace {

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> archive) : archive_(std::move(archive)) {}
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override {
    if (started_) ::inflateEnd(&stream_);
  }

  Result<std::size_t> read(char* into, std::size_t bytes) override {
    if (finished_) return 0;
    if (!started_) {
      // 15: the largest window; 16: a gzip header and no other.
      if (::inflateInit2(&stream_, 15 + 16) != Z_OK) {
        return fail(ErrorCode::unavailable, "not enough memory to unpack gzip");
      }
      started_ = true;
    }
    const std::size_t wanted = std::min<std::size_t>(bytes, std::numeric_limits<uInt>::max());
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(wanted);
    while (stream_.avail_out == wanted && !finished_) {
      if (stream_.avail_in == 0 && !TRY(more())) {
        if (inside_) return fail(ErrorCode::invalid_input, "the gzip archive is cut short");
        finished_ = true;
      } else if (inside_) {
        TRY(inflate_some());
      } else {
        TRY(next_member());
      }
    }
    return wanted - stream_.avail_out;
  }

 private:
  // Fills the empty input buffer; false when the archive ends.
  Result<bool> more() {
    const std::size_t got = TRY(archive_->read(input_.data(), input_.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(got);
    return got > 0;
  }

  Result<void> inflate_some() {
    const int state = ::inflate(&stream_, Z_NO_FLUSH);
    if (state == Z_STREAM_END) {
      inside_ = false;
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      return fail(ErrorCode::invalid_input, "the gzip archive is damaged");
    }
    return {};
  }

  // After a member: padding of NUL bytes (tapes, block devices), then another member or the end.
  Result<void> next_member() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return {};
    if (*stream_.next_in != 0x1F || ::inflateReset(&stream_) != Z_OK) {
      return fail(ErrorCode::invalid_input, "the gzip archive is followed by other bytes");
    }
    inside_ = true;
    return {};
  }

  std::unique_ptr<ByteSource> archive_;
  z_stream stream_{};
  bool started_ = false;
  bool inside_ = true;  // a member
  bool finished_ = false;
  std::array<char, 1U << 16> input_;
};

}  // namespace

std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> archive) {
  return std::make_unique<GzipSource>(std::move(archive));
}

}  // namespace clew::table
