#include "index/radix.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/rng.h"

namespace clew::index {
namespace {

std::vector<std::uint64_t> sorted_slowly(std::vector<std::uint64_t> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](std::uint64_t a, std::uint64_t b) { return (a >> 32) < (b >> 32); });
  return words;
}

TEST(RadixTest, EqualsAStableSortByTheUpperHalf) {
  Rng rng(3);
  std::vector<std::uint64_t> scratch;
  for (const std::size_t size : {0U, 1U, 2U, 100U, 4095U, 4096U, 4097U, 50000U}) {
    for (const std::uint64_t mask : {~0ULL, 0x7ULL, 0xFF000001ULL, 0ULL}) {
      std::vector<std::uint64_t> words;
      for (std::size_t k = 0; k < size; ++k) words.push_back((rng.next() & mask) << 32 | k % 1000);
      const auto expected = sorted_slowly(words);
      sort_by_upper_half(words, scratch);
      ASSERT_EQ(words, expected) << size << " words, mask " << mask;
    }
  }
}

TEST(RadixTest, SortsWhateverTheScratchHeld) {
  Rng rng(4);
  std::vector<std::uint64_t> words, scratch(7, 42);
  for (int k = 0; k < 9000; ++k) words.push_back(rng.next());
  const auto expected = sorted_slowly(words);
  sort_by_upper_half(words, scratch);
  EXPECT_EQ(words, expected);
}

}  // namespace
}  // namespace clew::index
