// CHECK: stops the program, in release builds too, when our own code broke a rule it relies on.
#pragma once

namespace clew {

// Prints where the broken rule stands (never the values: they may be personal data) and aborts.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace clew

// For programmer errors only; operating errors are Results (base/result.h).
#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) ::clew::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
