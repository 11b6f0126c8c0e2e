#include "link/fuzzy_frequency.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"
#include "base/threads.h"

namespace clew::link {
namespace {

constexpr std::uint32_t kSample = 1000;       // records looked at per value
constexpr double kShrink = 1000;              // pseudo-records at the field's own u
constexpr std::uint32_t kChunk = 1024;        // values per piece of work

}  // namespace

FuzzyFrequency::FuzzyFrequency(const Comparer& comparer, const Model& model, std::uint64_t seed)
    : comparer_(comparer),
      sample_(comparer.fields()),
      u_(comparer.fields()),
      computed_(comparer.fields()) {
  for (std::size_t f = 0; f < comparer.fields(); ++f) {
    const Field& field = comparer.records().fields[f];
    if (!field.spec.frequency || !field_type(field.spec.comparison).fuzzy_frequency()) continue;
    for (const Level& level : model.fields[f].levels) u_[f].push_back(level.u);
    Rng rng(mix64(seed, f + 101));
    std::vector<std::uint32_t> drawn;
    for (std::uint32_t tries = 0; tries < 20 * kSample && drawn.size() < kSample; ++tries) {
      const std::uint32_t v = comparer.row(rng.below(comparer.count()))[f];
      if (v != 0) drawn.push_back(v);
    }
    std::sort(drawn.begin(), drawn.end());
    for (const std::uint32_t v : drawn) {
      if (!sample_[f].empty() && sample_[f].back().value == v) {
        ++sample_[f].back().count;
      } else {
        sample_[f].push_back({v, 1});
      }
    }
  }
}

void FuzzyFrequency::compute(std::size_t field, std::uint32_t value, float* out) const {
  std::array<double, 16> seen{};
  double drawn = 0;
  for (const Sampled& s : sample_[field]) {
    seen[static_cast<std::size_t>(comparer_.fresh_level(field, value, s.value))] += s.count;
    drawn += s.count;
  }
  for (int level = 2; level < comparer_.equal_level(field); ++level) {
    const double u = u_[field][static_cast<std::size_t>(level)];
    const double own = (seen[static_cast<std::size_t>(level)] + kShrink * u) / (drawn + kShrink);
    out[level - 2] = static_cast<float>(0.5 * (std::log(u) - std::log(own)));
  }
}

double FuzzyFrequency::fresh_half_shift(std::size_t field, std::uint32_t value, int level) const {
  std::array<float, 16> shifts{};
  compute(field, value, shifts.data());
  return static_cast<double>(shifts[static_cast<std::size_t>(level) - 2]);
}

void FuzzyFrequency::precompute(unsigned threads) {
  for (std::size_t f = 0; f < sample_.size(); ++f) {
    if (!covers(f)) continue;
    const std::uint32_t values = comparer_.records().fields[f].values.size();
    const auto width = static_cast<std::size_t>(comparer_.equal_level(f)) - 2;
    computed_[f].assign(values * width, 0);
    parallel_for((values + kChunk - 1) / kChunk, threads, [&](std::size_t chunk) {
      const auto begin = static_cast<std::uint32_t>(chunk) * kChunk;
      for (std::uint32_t v = std::max(1U, begin); v < std::min(values, begin + kChunk); ++v) {
        compute(f, v, computed_[f].data() + v * width);
      }
    });
  }
}

}  // namespace clew::link
