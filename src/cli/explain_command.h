// clew explain: why two records are or are not proposed as one, or how an entity was built.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/arguments.h"
#include "formats/link_folder.h"

namespace clew::cli {

// Returns the exit code.
Result<int> explain_command(const ExplainArguments& arguments);

// The record number of "source:record_id", or of a record id that one source only has. Fails with
// not_found or invalid_input, naming what is missing or in which sources it stands.
Result<std::uint32_t> find_record(const link::Records& records, const std::string& name);

}  // namespace clew::cli
