#include "link/fuzzy_frequency.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"
#include "base/threads.h"

namespace clew::link {
namespace {

constexpr std::uint32_t kSample = 700;  // records looked at per value, at most
constexpr std::uint32_t kSampleMin =
    200;                                // ... in small files, where a fifth of the records must do
constexpr double kShrink = 1000;        // pseudo-records at the field's own u
constexpr std::uint32_t kChunk = 1024;  // values per piece of work

}  // namespace

FuzzyFrequency::FuzzyFrequency(const Comparer& comparer, const Model& model, std::uint64_t seed)
    : comparer_(comparer),
      sample_(comparer.fields()),
      drawn_(comparer.fields(), 0),
      u_(comparer.fields()),
      counted_(comparer.fields()),
      shift_(comparer.fields()) {
  for (std::size_t f = 0; f < comparer.fields(); ++f) {
    const Field& field = comparer.records().fields[f];
    if (!field.spec.frequency || !field_type(field.spec.comparison).fuzzy_frequency()) continue;
    Rng rng(mix64(seed, f + 101));
    std::vector<std::uint32_t> drawn;
    const std::uint32_t wanted = std::clamp(comparer.count() / 5, kSampleMin, kSample);
    for (std::uint32_t tries = 0; tries < 20 * wanted && drawn.size() < wanted; ++tries) {
      const std::uint32_t v = field.of_record[rng.below(comparer.count())];
      if (v != 0) drawn.push_back(v);
    }
    std::sort(drawn.begin(), drawn.end());
    drawn_[f] = static_cast<double>(drawn.size());
    for (const std::uint32_t v : drawn) {
      if (!sample_[f].empty() && sample_[f].back().value == v) {
        ++sample_[f].back().count;
      } else {
        sample_[f].push_back({v, comparer.digest_of(f, v), 1});
      }
    }
  }
  take_u(model);
}

void FuzzyFrequency::take_u(const Model& model) {
  for (std::size_t f = 0; f < sample_.size(); ++f) {
    if (!covers(f)) continue;
    u_[f].clear();
    for (const Level& level : model.fields[f].levels) u_[f].push_back(level.u);
    shift_[f].assign(u_[f].size(), {});
    for (int level = 2; level < comparer_.equal_level(f); ++level) {
      const auto l = static_cast<std::size_t>(level);
      for (std::uint32_t seen = 0; seen <= kSample; ++seen) {
        shift_[f][l].push_back(static_cast<float>(shift_of(f, l, seen)));
      }
    }
  }
}

double FuzzyFrequency::shift_of(std::size_t field, std::size_t level, double seen) const {
  const double u = u_[field][level];
  const double own = (seen + kShrink * u) / (drawn_[field] + kShrink);
  return static_cast<double>(static_cast<float>(0.5 * (std::log(u) - std::log(own))));
}

void FuzzyFrequency::count(std::size_t field, std::uint32_t value, std::uint16_t* out) const {
  std::array<std::uint32_t, 16> seen{};
  const std::uint32_t digest = comparer_.digest_of(field, value);
  for (const Sampled& s : sample_[field]) {
    int level = s.value == value ? comparer_.equal_level(field)
                                 : comparer_.level_by_digest(field, digest, s.digest);
    if (level < 0) level = comparer_.fresh_level(field, value, s.value);
    seen[static_cast<std::size_t>(level)] += s.count;
  }
  for (int level = 2; level < comparer_.equal_level(field); ++level) {
    out[level - 2] = static_cast<std::uint16_t>(seen[static_cast<std::size_t>(level)]);
  }
}

double FuzzyFrequency::fresh_count(std::size_t field, std::uint32_t value, int level) const {
  std::array<std::uint16_t, 16> seen{};
  count(field, value, seen.data());
  return seen[static_cast<std::size_t>(level) - 2];
}

void FuzzyFrequency::count_all(unsigned threads) {
  for (std::size_t f = 0; f < sample_.size(); ++f) {
    if (!covers(f)) continue;
    const std::uint32_t values = comparer_.records().fields[f].values.size();
    const auto width = static_cast<std::size_t>(comparer_.equal_level(f)) - 2;
    counted_[f].assign(values * width, 0);
    parallel_for((values + kChunk - 1) / kChunk, threads, [&](std::size_t chunk) {
      const auto begin = static_cast<std::uint32_t>(chunk) * kChunk;
      for (std::uint32_t v = std::max(1U, begin); v < std::min(values, begin + kChunk); ++v) {
        count(f, v, counted_[f].data() + v * width);
      }
    });
  }
}

}  // namespace clew::link
