// Progress on standard error: one line that says what is done, how fast, and how long it will take.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/progress.h"

namespace clew::cli {

// Draws only when standard error is a terminal, ten times a second at most; otherwise it is silent.
// Clears its line when it ends. progress() refers to this object.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Empty when nothing is drawn, so that nobody works for it.
  Progress progress();
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  void update(std::string_view stage, std::uint64_t done, std::uint64_t total);

  bool active_;
  bool drawn_ = false;
  std::string stage_;
  Clock::time_point stage_start_, last_drawn_;
};

// "comparing 12,345 of 100,000, 3,200/s, 28 s left", "reading 1.5 MB of 96.0 MB". The rate comes
// after half a second; the time that is left needs a total.
std::string progress_words(std::string_view stage, std::uint64_t done, std::uint64_t total,
                           double seconds);

}  // namespace clew::cli
