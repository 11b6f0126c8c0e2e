// Reads one file from any source of bytes: what read_tables() does for each path.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "table/byte_source.h"
#include "table/read.h"
#include "table/table.h"

namespace clew::table {

struct SourceHints {
  std::size_t chunk_bytes = 1U << 20;  // changes the cost, never the table
  std::uint64_t bytes_expected = 0;    // size on disk; 0: unknown
};

// Reads a table from `source`, which may be compressed; `file` is the name for problems. Errors do
// not name the file. Table::source stays empty.
Result<Table> read_source(std::unique_ptr<ByteSource> source, const std::string& file,
                          const ReadOptions& options, const SourceHints& hints);

// The name of a source: the file name without folder and endings; "stdin" for "-".
std::string source_name(const std::string& path);

}  // namespace clew::table
