// The truth about records: from a file beside the input, or from a column of the input itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "formats/link_folder.h"

namespace clew::cli {

struct Truth {
  std::vector<std::uint32_t> label;  // per record, 0 = unknown
  std::uint64_t rows_unmatched = 0;  // rows of a truth file that name no record
};

// `name` is a file with the columns [source,]record_id,entity when there is such a file, else a
// column of the linked files: the one that the run kept as its truth, or any other, for which the
// files are read again. Fails when no record gets a label.
Result<Truth> read_truth(const formats::Compared& compared, const std::string& name);

}  // namespace clew::cli
