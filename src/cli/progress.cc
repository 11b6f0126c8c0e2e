#include "cli/progress.h"

#include <fmt/format.h>

#include <cmath>

#include "cli/terminal.h"
#include "report/words.h"

namespace clew::cli {
namespace {

constexpr double kRateAfter = 0.5;  // seconds: before, a rate would be a guess

std::string time_words(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
  if (whole < 100) return fmt::format("{} s", whole);
  return fmt::format("{} min", (whole + 59) / 60);
}

}  // namespace

std::string progress_words(std::string_view stage, std::uint64_t done, std::uint64_t total,
                           double seconds) {
  std::string words(stage);
  if (done == 0 && total == 0) return words;
  const bool bytes = stage == "reading";  // files are read by the byte, all else by the record
  const auto amount = [&](double n) {
    return bytes ? fmt::format("{:.1f} MB", n / 1e6) : report::grouped(n);
  };
  words += " " + amount(static_cast<double>(done));
  if (total > 0) words += " of " + amount(static_cast<double>(total));
  if (seconds < kRateAfter || done == 0) return words;
  const double rate = static_cast<double>(done) / seconds;
  words += fmt::format(", {}/s", amount(rate));
  if (total > done) {
    words += fmt::format(", {} left", time_words(static_cast<double>(total - done) / rate));
  }
  return words;
}

ProgressLine::ProgressLine() : active_(error_is_terminal()) {}

ProgressLine::~ProgressLine() { clear(); }

Progress ProgressLine::progress() {
  if (!active_) return {};
  return [this](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    update(stage, done, total);
  };
}

void ProgressLine::clear() {
  if (drawn_) print_error("\r\x1b[K");
  drawn_ = false;
}

void ProgressLine::update(std::string_view stage, std::uint64_t done, std::uint64_t total) {
  const Clock::time_point now = Clock::now();
  const bool fresh = stage != stage_;
  if (fresh) {
    stage_ = stage;
    stage_start_ = now;
  } else if (now - last_drawn_ < std::chrono::milliseconds(100)) {
    return;
  }
  last_drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - stage_start_).count();
  const std::string words = progress_words(stage, done, total, seconds);
  // Padded and cut, so that no rest of a longer line stays and no line wraps.
  print_error("\r\x1b[K" + report::fitted(words, error_width() - 1));
  drawn_ = true;
}

}  // namespace clew::cli
