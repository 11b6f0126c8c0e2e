#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/file.h"

namespace clew::cli {
namespace {

constexpr std::size_t kWidthUnknown = 80;

std::size_t width_of(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kWidthUnknown;
  return size.ws_col;
}

bool has(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool is_dumb() {
  const char* terminal = std::getenv("TERM");
  return terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
}

}  // namespace

Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) {
    return {};
  }
  return fail(ErrorCode::unavailable,
              std::string("standard output: ") +
                  (errno == ENOSPC ? "the disk is full" : std::strerror(errno)));
}

void print_error(std::string_view text) {
  // Nobody is left to tell when standard error fails as well.
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

Result<void> write_page(const std::string& path, std::string_view text) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return fail(ErrorCode::invalid_input, path + ": not an ordinary file");
  }
  OutputFile file = TRY(OutputFile::create(path));
  TRY(file.write(text));
  return file.commit();
}

bool error_is_terminal() { return ::isatty(STDERR_FILENO) == 1 && !is_dumb(); }

report::TerminalStyle output_style(ColourWish wish, report::Values values) {
  report::TerminalStyle style;
  style.values = values;
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  if (terminal) style.width = width_of(STDOUT_FILENO);
  const bool coloured = wish == ColourWish::always || (wish == ColourWish::automatic && terminal &&
                                                       !is_dumb() && !has("NO_COLOR"));
  style.colour = coloured ? report::Colour::ansi : report::Colour::plain;
  return style;
}

std::size_t error_width() { return width_of(STDERR_FILENO); }

}  // namespace clew::cli
