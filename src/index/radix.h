// Radix sort of 64-bit words by their upper half: the sort under every blocking rule.
#pragma once

#include <cstdint>
#include <vector>

namespace clew::index {

// Sorts `words` by the upper 32 bits, keeping the order of words with equal upper halves. `scratch`
// is overwritten and may be reused. Cost: three passes of 11 bits.
void sort_by_upper_half(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& scratch);

}  // namespace clew::index
