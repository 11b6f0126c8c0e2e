// Input: takes the bytes of a fuzzer apart into the arguments of the function under test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace clew::fuzz {

// Reads from the front. Short inputs yield zeros and empty strings, never a failure. Text is cut at
// line feeds, so that the seeds can be written and read by people.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) {
    // An empty input may come as a null pointer.
    if (size > 0) rest_ = {reinterpret_cast<const char*>(data), size};
  }

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  // Everything up to the next line feed, which is skipped.
  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return found;
  }

  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace clew::fuzz
