#include "index/radix.h"

#include <algorithm>
#include <array>

namespace clew::index {
namespace {

constexpr unsigned kBits = 11;
constexpr std::size_t kBuckets = std::size_t{1} << kBits;
constexpr std::size_t kSmall = 4096;  // below this the counting tables cost more than they save

std::size_t digit(std::uint64_t word, unsigned pass) {
  return (word >> (32 + kBits * pass)) & (kBuckets - 1);
}

}  // namespace

void sort_by_upper_half(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& scratch) {
  if (words.size() < kSmall) {
    std::stable_sort(words.begin(), words.end(),
                     [](std::uint64_t a, std::uint64_t b) { return (a >> 32) < (b >> 32); });
    return;
  }
  std::array<std::array<std::uint32_t, kBuckets>, 3> counts{};
  for (const std::uint64_t word : words) {
    for (unsigned pass = 0; pass < 3; ++pass) ++counts[pass][digit(word, pass)];
  }
  scratch.resize(words.size());
  for (unsigned pass = 0; pass < 3; ++pass) {
    std::uint32_t sum = 0;
    for (std::uint32_t& count : counts[pass]) {
      const std::uint32_t here = count;
      count = sum;
      sum += here;
    }
    for (const std::uint64_t word : words) scratch[counts[pass][digit(word, pass)]++] = word;
    words.swap(scratch);
  }
}

}  // namespace clew::index
