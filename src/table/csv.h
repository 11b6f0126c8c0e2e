// Delimited text: finds the dialect of a file and reads it into a table.
#pragma once

#include <string_view>

#include "base/result.h"
#include "table/builder.h"
#include "table/chunks.h"
#include "table/csv_rows.h"
#include "table/read.h"

namespace clew::table {

// Finds delimiter and line end from the first bytes of a file: the delimiter under which most of
// the first 100 rows have as many fields, more than one, as the first row; comma when there is
// none.
CsvDialect find_dialect(std::string_view first_bytes, const ReadOptions& options);

// Reads header and rows from UTF-8. `bytes_expected` (0: unknown) only sizes the memory. Errors do
// not name the file.
Result<void> read_csv(ChunkBuffer& chunks, CsvDialect dialect, const ReadOptions& options,
                      std::uint64_t bytes_expected, TableBuilder& builder);

}  // namespace clew::table
