// The one place that writes to standard output and standard error, and knows if they are terminals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/arguments.h"
#include "report/explanation_terminal.h"

namespace clew::cli {

// Fails with unavailable when standard output does not take it (a full disk, a closed pipe).
Result<void> print(std::string_view text);
void print_error(std::string_view text);

// Writes a file whole or not at all (base/file.h). Refuses a path that is no ordinary file: a
// device must not be replaced by one.
Result<void> write_page(const std::string& path, std::string_view text);

bool error_is_terminal();

// Colour by wish; automatic means: on a terminal that is not "dumb", unless NO_COLOR is set.
report::TerminalStyle output_style(ColourWish wish, report::Values values);

// Columns of the terminal behind standard error, 80 when not known.
std::size_t error_width();

}  // namespace clew::cli
