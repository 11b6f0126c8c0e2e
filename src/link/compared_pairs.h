// Which pairs a run compared, told afterwards from the records and the rules that it used.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "link/link.h"

namespace clew::link {

using RecordPair = std::pair<std::uint32_t, std::uint32_t>;

// For each pair 1 when its records meet under a rule in a block of at most blocking.block_max
// records, else 0. Agrees with Explainer::pair() (link/explain.h), but answers many pairs at once.
// Cost: for each rule, one sort of the records' keys and two look-ups per open pair.
std::vector<std::uint8_t> were_compared(const Records& records, const BlockingReport& blocking,
                                        std::span<const RecordPair> pairs, unsigned threads);

}  // namespace clew::link
