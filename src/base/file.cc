#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/check.h"

namespace clew {
namespace {

constexpr std::size_t kBufferBytes = 256U << 10;

tl::unexpected<Error> system_failure(const std::string& path, int error) {
  ErrorCode code = ErrorCode::unavailable;
  if (error == ENOENT || error == ENOTDIR) code = ErrorCode::not_found;
  if (error == EACCES || error == EPERM || error == EROFS) code = ErrorCode::permission_denied;
  if (error == EISDIR || error == ENAMETOOLONG) code = ErrorCode::invalid_input;
  std::string words = std::strerror(error);
  if (error == ENOSPC || error == EDQUOT) words = "the disk is full";
  return fail(code, path + ": " + words);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// A rename survives a power cut only when the folder is on the disk too.
int sync_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return errno;
  // Some file systems cannot sync a folder and say EINVAL; they have nothing to sync then.
  const int error = ::fsync(folder) == 0 || errno == EINVAL ? 0 : errno;
  ::close(folder);
  return error;
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {
  buffer_.reserve(kBufferBytes);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      failure_(other.failure_),
      buffer_(std::exchange(other.buffer_, {})) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  abandon();
  path_ = std::move(other.path_);
  temporary_ = std::exchange(other.temporary_, {});
  descriptor_ = std::exchange(other.descriptor_, -1);
  failure_ = other.failure_;
  buffer_ = std::exchange(other.buffer_, {});
  return *this;
}

OutputFile::~OutputFile() { abandon(); }

void OutputFile::abandon() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  descriptor_ = -1;
  temporary_.clear();
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return system_failure(path, EISDIR);
  }
  std::string temporary = path + ".part-XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  if (descriptor < 0) return system_failure(path, errno);
  return OutputFile(path, std::move(temporary), descriptor);
}

Result<void> OutputFile::broken(int error) {
  failure_ = error;
  return system_failure(path_, error);
}

Result<void> OutputFile::write_through(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return broken(written < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> OutputFile::write(std::string_view bytes) {
  CHECK(descriptor_ >= 0);
  if (failure_ != 0) return broken(failure_);
  if (buffer_.size() + bytes.size() > kBufferBytes) {
    TRY(write_through(buffer_));
    buffer_.clear();
    if (bytes.size() > kBufferBytes) return write_through(bytes);
  }
  buffer_.append(bytes);
  return {};
}

Result<void> OutputFile::commit() {
  CHECK(descriptor_ >= 0);
  if (failure_ != 0) return broken(failure_);
  TRY(write_through(buffer_));
  buffer_ = {};
  if (::fsync(descriptor_) != 0) return broken(errno);
  // close() may report what an earlier write could not (network disks), so it is checked as well.
  if (::close(std::exchange(descriptor_, -1)) != 0) return broken(errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return broken(errno);
  temporary_.clear();
  const int error = sync_folder(folder_of(path_));
  return error == 0 ? Result<void>() : broken(error);
}

Result<void> make_private_folder(const std::string& path) {
  if (path.empty()) return system_failure("(empty path)", ENOENT);
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (::mkdir(part.c_str(), 0700) != 0) {
      const int error = errno;
      struct stat status{};
      const bool there = ::stat(part.c_str(), &status) == 0;
      if (there && !S_ISDIR(status.st_mode)) {
        return fail(ErrorCode::invalid_input, part + ": this is a file, not a folder");
      }
      if (!there) return system_failure(part, error);
    }
    if (slash == std::string::npos) break;
  }
  if (::access(path.c_str(), W_OK | X_OK) != 0) return system_failure(path, errno);
  return {};
}

Result<std::string> read_file(const std::string& path, std::uint64_t bytes_max) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_failure(path, errno);
  std::string bytes;
  int error = 0;
  bool too_long = false;
  while (error == 0 && !too_long) {
    const std::size_t have = bytes.size();
    bytes.resize(have + std::max<std::size_t>(1U << 16, have));
    const ssize_t got = ::read(descriptor, bytes.data() + have, bytes.size() - have);
    bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno != EINTR) error = errno;
    if (got == 0) break;
    too_long = bytes.size() > bytes_max;
  }
  ::close(descriptor);
  if (error != 0) return system_failure(path, error);
  if (too_long) {
    return fail(ErrorCode::invalid_input,
                path + ": longer than the limit of " + std::to_string(bytes_max) + " bytes");
  }
  return bytes;
}

}  // namespace clew
