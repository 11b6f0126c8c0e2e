// clew link: reads files, finds which records are one child, writes the result.
#pragma once

#include "base/result.h"
#include "cli/arguments.h"

namespace clew::cli {

// Returns the exit code, 0 or 1. Prints the summary (or the settings) on standard output.
Result<int> link_command(const LinkArguments& arguments);

}  // namespace clew::cli
