// Draws an Explanation on a terminal: a waterfall of bars, ending in the total and what it means.
#pragma once

#include <string>

#include "link/explanation.h"
#include "report/words.h"

namespace clew::report {

enum class Colour : std::uint8_t { plain, ansi };

struct TerminalStyle {
  Colour colour = Colour::plain;
  Values values = Values::masked;
  std::size_t width = 90;  // columns; taken between 60 and 120
};

// UTF-8 text that ends with a newline. Signs are written out, so that nothing hangs on colour.
std::string to_terminal(const link::Explanation& explanation, const TerminalStyle& style);
std::string to_terminal(const link::EntityExplanation& explanation, const TerminalStyle& style);

}  // namespace clew::report
