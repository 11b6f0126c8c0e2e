// Reads CSV, TSV and JSON lines, plain or compressed, into Tables.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "table/table.h"

namespace clew::table {

struct ReadOptions {
  std::uint64_t bytes_max = 1ULL << 40;  // per file, after decompression: guards against bombs
  std::uint32_t columns_max = 4096;
  std::uint64_t field_bytes_max = 1U << 20;
};

// Reads each path (or "-", once) into a table of its own, in the order given. The delimiter is one
// of comma, semicolon, tab, pipe, found from the first lines; JSON lines are known by a first '{';
// gzip and zstd by their magic numbers, never by the file's name. UTF-8 with or without a byte
// order mark and UTF-16 with one are read; Windows-1252, 1251 and 1256 are converted when the bytes
// leave no doubt and refused with a word that names the likely encoding otherwise. A field that is
// not valid UTF-8 is emptied and reported; a row with the wrong number of columns is rejected and
// reported. A column without a name is called column_N, a repeated name gets _2, _3; both are
// reported. Fails with not_found, permission_denied or invalid_input, naming the file: no such
// file, empty file, header only, more than the limits allow, truncated archive. Cost: one pass,
// about 100 MB/s; memory is the distinct values plus 4 bytes per cell.
Result<std::vector<Table>> read_tables(std::span<const std::string> paths,
                                       const ReadOptions& options, const Progress& progress);

}  // namespace clew::table
