// Unpacks Zstandard streams of one or more frames.
#include <zstd.h>

#include <array>

#include "table/byte_source.h"

namespace clew::table {
namespace {

class ZstdSource : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> archive)
      : archive_(std::move(archive)), stream_(::ZSTD_createDStream()) {}
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;
  ~ZstdSource() override { ::ZSTD_freeDStream(stream_); }

  Result<std::size_t> read(char* into, std::size_t bytes) override {
    if (stream_ == nullptr) {
      return fail(ErrorCode::unavailable, "not enough memory to unpack Zstandard");
    }
    ZSTD_outBuffer out{into, bytes, 0};
    while (out.pos == 0 && bytes > 0) {
      // A frame that is wholly read in may still have output to give, so the library is asked
      // before the archive is found to be at its end.
      if (in_.pos == in_.size && !pending_) {
        in_ = {input_.data(), TRY(archive_->read(input_.data(), input_.size())), 0};
        if (in_.size == 0 && inside_) {
          return fail(ErrorCode::invalid_input, "the Zstandard archive is cut short");
        }
        if (in_.size == 0) return 0;
      }
      const std::size_t state = ::ZSTD_decompressStream(stream_, &out, &in_);
      if (::ZSTD_isError(state) != 0) {
        return fail(ErrorCode::invalid_input, "the Zstandard archive is damaged");
      }
      inside_ = state != 0;
      pending_ = inside_ && out.pos == out.size;
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ByteSource> archive_;
  ZSTD_DStream* stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool inside_ = false;   // a frame
  bool pending_ = false;  // the last call filled the output: more may wait inside
  std::array<char, 1U << 16> input_;
};

}  // namespace

std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> archive) {
  return std::make_unique<ZstdSource>(std::move(archive));
}

}  // namespace clew::table
