// Files that come into being whole or not at all, folders only their owner may enter, small files
// read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace clew {

// A file that appears under its name only when it is complete. It is written under a temporary name
// beside the final one, readable by its owner alone (mode 0600), and takes its name, replacing an
// older file, in commit(). Destroyed without commit(), it leaves nothing behind. Not thread-safe.
class OutputFile {
 public:
  // Fails with not_found or permission_denied when the folder does not exist or may not be written.
  static Result<OutputFile> create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // Appends bytes. They may stay in the buffer (256 kB). Fails with unavailable when the disk is
  // full; after a failure, every later call fails too.
  Result<void> write(std::string_view bytes);

  // Writes what is left, makes sure that it is on the disk, and gives the file its name. Nothing
  // may be written afterwards.
  Result<void> commit();

  const std::string& path() const { return path_; }

 private:
  OutputFile(std::string path, std::string temporary, int descriptor);
  Result<void> write_through(std::string_view bytes);
  Result<void> broken(int error);
  void abandon();

  std::string path_;
  std::string temporary_;  // empty once renamed or abandoned
  int descriptor_ = -1;
  int failure_ = 0;  // errno of the first failure
  std::string buffer_;
};

// Makes a folder (and missing folders above it) that only its owner may enter (mode 0700). One that
// exists is left as it is, if it can be written to.
Result<void> make_private_folder(const std::string& path);

// Reads a whole file. Fails with invalid_input when it is longer than bytes_max.
Result<std::string> read_file(const std::string& path, std::uint64_t bytes_max);

}  // namespace clew
