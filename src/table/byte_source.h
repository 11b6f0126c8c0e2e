// ByteSource: bytes in order, from a file, from memory, or out of an archive.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/progress.h"
#include "base/result.h"

namespace clew::table {

// Not thread-safe. Errors do not name the file; the reader of the table adds its name.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Writes up to `bytes` bytes to `into` and returns how many; 0 only at the end. Less than asked
  // for does not mean the end.
  virtual Result<std::size_t> read(char* into, std::size_t bytes) = 0;
};

// How far the reading of all files is: shared by their sources, in bytes on disk.
struct ReadProgress {
  const Progress* report = nullptr;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

// Opens a file, or stdin for "-". Fails with not_found, permission_denied, or invalid_input for a
// folder. Keeps a reference to `progress`.
Result<std::unique_ptr<ByteSource>> open_file(const std::string& path, ReadProgress& progress);

// Bytes of memory: keeps `bytes`, then goes on with `rest` if there is one.
std::unique_ptr<ByteSource> bytes_then(std::string bytes, std::unique_ptr<ByteSource> rest);

// What `archive` holds. Several members or frames in a row are one stream; a truncated or damaged
// archive is an invalid_input. Cost: the library's; memory 64 kB and the window (at most 128 MB).
std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> archive);
std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> archive);

// Reads until `bytes` bytes are there or the source ends.
Result<std::string> read_up_to(ByteSource& source, std::size_t bytes);

}  // namespace clew::table
