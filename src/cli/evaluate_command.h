// clew evaluate: how right a result is, when the truth about some of the records is known.
#pragma once

#include "base/result.h"
#include "cli/arguments.h"

namespace clew::cli {

// Returns the exit code.
Result<int> evaluate_command(const EvaluateArguments& arguments);

}  // namespace clew::cli
