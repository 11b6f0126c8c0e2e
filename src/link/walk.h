// Walks every candidate pair once, scores it, and keeps those worth a second look.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "index/blocking.h"
#include "link/scorer.h"

namespace clew::link {

// A kept pair with its pattern, so that another model can score it without comparing again.
struct KeptPair {
  std::uint32_t a = 0, b = 0;
  Pattern pattern = 0;
};

inline constexpr std::size_t kScoreBins = 20;  // of the probability, equally wide

struct WalkResult {
  std::vector<KeptPair> kept;  // ascending (a, b)
  std::uint64_t pairs = 0;     // distinct pairs scored
  double matches = 0;          // sum of their probabilities
  std::array<std::uint64_t, kScoreBins> bins{};
};

// Keeps pairs with log-odds above `floor` (nats). Same result for any number of threads; pairs are
// never stored unless kept. `progress` counts records.
WalkResult walk(const Scorer& scorer, const index::Candidates& candidates, double floor,
                unsigned threads, const Progress& progress);

}  // namespace clew::link
