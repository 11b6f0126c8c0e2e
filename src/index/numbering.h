// Numbering: gives each distinct 64-bit key a small number, in the order of first appearance.
#pragma once

#include <cstdint>
#include <vector>

namespace clew::index {

// Numbers start at 1. Much faster than a general hash map; keys are expected to be hashes or packed
// ids. Key 0 is allowed. Not thread-safe.
class Numbering {
 public:
  // Room for `expected` distinct keys; grows when there are more.
  explicit Numbering(std::size_t expected = 0);

  std::uint32_t number(std::uint64_t key);
  // Highest number given so far.
  std::uint32_t count() const { return count_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = 0;  // 0 = free
  };
  void grow();
  std::vector<Slot> slots_;
  std::uint32_t count_ = 0;
};

}  // namespace clew::index
