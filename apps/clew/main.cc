// The clew program: hands its arguments to the command-line layer.
#include "cli/cli.h"

int main(int argc, char** argv) { return clew::cli::run(argc, argv); }
