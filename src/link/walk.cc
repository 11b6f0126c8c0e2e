#include "link/walk.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "base/threads.h"

namespace clew::link {
namespace {

constexpr std::uint32_t kChunk = 2048;  // left records per piece of work

struct Part {
  std::vector<KeptPair> kept;
  std::uint64_t pairs = 0;
  double matches = 0;
  std::array<std::uint64_t, kScoreBins> bins{};
};

double probability(double score) { return 1 / (1 + std::exp(-score)); }

class Walker {
 public:
  Walker(const Scorer& scorer, const index::Candidates& candidates, double floor)
      : scorer_(scorer),
        candidates_(candidates),
        floor_(floor),
        scratch_(scorer.comparer()),
        seen_(scorer.comparer().count(), ~0U) {}

  void run(std::uint32_t begin, std::uint32_t end, Part& part) {
    const Comparer& comparer = scorer_.comparer();
    look_up(begin);
    for (std::uint32_t a = begin; a < end; ++a) {
      partners_.swap(next_);
      if (a + 1 < end) look_up(a + 1);  // its rows arrive while this record is compared
      const std::size_t first = part.kept.size();
      for (const std::uint32_t b : partners_) {
        const Pattern pattern = comparer.pattern(a, b, scratch_.levels);
        const double score = scorer_.log_odds(a, b, scorer_.sums(a, b, pattern, scratch_));
        if (score <= floor_) continue;
        part.kept.push_back({a, b, pattern});
        const double p = probability(score);
        part.matches += p;
        ++part.bins[std::min(kScoreBins - 1, static_cast<std::size_t>(p * kScoreBins))];
      }
      part.pairs += partners_.size();
      std::sort(part.kept.begin() + static_cast<std::ptrdiff_t>(first), part.kept.end(),
                [](const KeptPair& x, const KeptPair& y) { return x.b < y.b; });
    }
  }

 private:
  void look_up(std::uint32_t a) {
    next_.clear();
    candidates_.partners(a, seen_, next_);
    for (const std::uint32_t b : next_) __builtin_prefetch(scorer_.comparer().row(b));
  }

  const Scorer& scorer_;
  const index::Candidates& candidates_;
  double floor_;
  Scratch scratch_;
  std::vector<std::uint32_t> seen_, partners_, next_;
};

}  // namespace

WalkResult walk(const Scorer& scorer, const index::Candidates& candidates, double floor,
                unsigned threads, const Progress& progress) {
  const std::uint32_t records = scorer.comparer().count();
  const std::size_t chunks = (records + kChunk - 1) / kChunk;
  std::vector<Part> parts(chunks);
  std::atomic<std::size_t> next{0};
  const auto caller = std::this_thread::get_id();
  parallel_for(std::max(1U, threads), std::max(1U, threads), [&](std::size_t) {
    Walker walker(scorer, candidates, floor);
    for (std::size_t chunk = next++; chunk < chunks; chunk = next++) {
      const auto begin = static_cast<std::uint32_t>(chunk) * kChunk;
      walker.run(begin, std::min(records, begin + kChunk), parts[chunk]);
      if (progress && std::this_thread::get_id() == caller) {
        progress("comparing", std::min<std::uint64_t>(records, begin), records);
      }
    }
  });
  WalkResult out;
  std::size_t kept = 0;
  for (const Part& part : parts) kept += part.kept.size();
  out.kept.reserve(kept);
  for (Part& part : parts) {
    out.kept.insert(out.kept.end(), part.kept.begin(), part.kept.end());
    out.pairs += part.pairs;
    out.matches += part.matches;
    for (std::size_t k = 0; k < kScoreBins; ++k) out.bins[k] += part.bins[k];
    part = Part();
  }
  out.bins[0] += out.pairs - kept;  // below the floor: next to no chance
  return out;
}

}  // namespace clew::link
