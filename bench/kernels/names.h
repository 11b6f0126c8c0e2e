// Made-up names for the kernel benchmarks: syllables put together by a seeded generator.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace clew::bench {

struct NamesOptions {
  std::uint64_t seed = 1;
  std::size_t count = 4096;
  std::size_t length_min = 6;
  std::size_t length_max = 15;
};

std::vector<std::string> names(const NamesOptions& options);

// What a linking run compares: a quarter of the pairs are one name and a slip of the pen (one
// letter changed, dropped, doubled or swapped with its neighbour), the others are two different
// names.
std::vector<std::pair<std::string, std::string>> name_pairs(const NamesOptions& options);

}  // namespace clew::bench
