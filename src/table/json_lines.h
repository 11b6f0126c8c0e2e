// JSON lines: one object a line, flattened into a table.
#pragma once

#include "base/result.h"
#include "table/builder.h"
#include "table/chunks.h"
#include "table/read.h"

namespace clew::table {

// Reads rows from UTF-8. A member of a nested object becomes the column "outer.inner"; the elements
// of an array are joined by kListSeparator, those of an array of objects member by member; so are
// the values of a name that an object repeats. Numbers and booleans are kept as written; null, ""
// and an absent member are missing. A column appears with the first row that has it. A line that is
// no JSON object, or nested deeper than 64, is rejected. Errors do not name the file.
Result<void> read_json_lines(ChunkBuffer& chunks, const ReadOptions& options,
                             TableBuilder& builder);

}  // namespace clew::table
