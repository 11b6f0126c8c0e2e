#include "table/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/release.h"

namespace clew::table {
namespace {

ErrorCode code_of(int error) {
  if (error == ENOENT || error == ENOTDIR) return ErrorCode::not_found;
  if (error == EACCES || error == EPERM) return ErrorCode::permission_denied;
  return ErrorCode::invalid_input;
}

std::string words_for(int error) {
  if (error == ENOENT || error == ENOTDIR) return "no such file";
  if (error == EACCES || error == EPERM) return "no permission to read it";
  if (error == EISDIR) return "this is a folder, not a file";
  return std::string("cannot be read: ") + std::strerror(error);
}

class FileSource : public ByteSource {
 public:
  FileSource(int descriptor, ReadProgress& progress)
      : descriptor_(descriptor), progress_(progress) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  Result<std::size_t> read(char* into, std::size_t bytes) override {
    while (true) {
      const ssize_t got = ::read(descriptor_, into, bytes);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail(code_of(errno), words_for(errno));
      progress_.done += static_cast<std::uint64_t>(got);
      if (progress_.report != nullptr && *progress_.report) {
        (*progress_.report)("reading", progress_.done, progress_.total);
      }
      return static_cast<std::size_t>(got);
    }
  }

 private:
  int descriptor_;
  ReadProgress& progress_;
};

class BytesThen : public ByteSource {
 public:
  BytesThen(std::string bytes, std::unique_ptr<ByteSource> rest)
      : bytes_(std::move(bytes)), rest_(std::move(rest)) {}

  Result<std::size_t> read(char* into, std::size_t bytes) override {
    if (at_ == bytes_.size()) {
      release(bytes_);
      at_ = 0;
      return rest_ == nullptr ? Result<std::size_t>(0) : rest_->read(into, bytes);
    }
    const std::size_t here = std::min(bytes, bytes_.size() - at_);
    std::memcpy(into, bytes_.data() + at_, here);
    at_ += here;
    return here;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path, ReadProgress& progress) {
  int descriptor = STDIN_FILENO;
  if (path != "-") {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(code_of(errno), words_for(errno));
  }
  std::unique_ptr<ByteSource> source = std::make_unique<FileSource>(descriptor, progress);
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return fail(code_of(errno), words_for(errno));
  if (S_ISDIR(status.st_mode)) return fail(ErrorCode::invalid_input, words_for(EISDIR));
  return source;
}

std::unique_ptr<ByteSource> bytes_then(std::string bytes, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<BytesThen>(std::move(bytes), std::move(rest));
}

Result<std::string> read_up_to(ByteSource& source, std::size_t bytes) {
  std::string out;
  std::size_t have = 0;
  while (have < bytes) {
    // Grows as bytes come, so that a small file costs little.
    if (have == out.size()) {
      out.resize(std::min(bytes, std::max<std::size_t>(1U << 12, have * 4)));
    }
    const std::size_t got = TRY(source.read(out.data() + have, out.size() - have));
    if (got == 0) break;
    have += got;
  }
  out.resize(have);
  return out;
}

}  // namespace clew::table
