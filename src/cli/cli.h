// The command line: finds the subcommand, runs it, and turns its outcome into an exit code.
#pragma once

namespace clew::cli {

// Exit codes: 0 done, 1 finished but some input was rejected, 2 usage, 3 input or environment
// error.
int run(int argc, char** argv);

}  // namespace clew::cli
