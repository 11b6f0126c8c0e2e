#include "link/dependence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace clew::link {
namespace {

constexpr double kPosteriorMax = 0.01;  // pairs likelier than this to be one person do not count
constexpr double kSubtract = 2;         // times the mass that matches below the cut explain
constexpr double kPseudoPairs = 200;    // at the field's own u
constexpr double kPairsMin = 30;
constexpr double kIgnored = 0.1;  // nats: smaller effects are noise
constexpr double kLeast = -1, kMost = 20;
// Log-odds that settle a pair without exponentials: surely above the cut, or no match by any means.
constexpr double kSurelyAbove = -4, kSurelyNone = -14;

// Fields that agree by chance more often come first: they are parents of the rarer ones.
std::vector<std::uint32_t> parent_order(const Comparer& comparer, const Model& model) {
  const std::size_t n = comparer.fields();
  std::vector<std::size_t> fields(n);
  std::iota(fields.begin(), fields.end(), std::size_t{0});
  const auto chance = [&](std::size_t f) {
    return model.fields[f].levels[static_cast<std::size_t>(comparer.equal_level(f))].u;
  };
  std::stable_sort(fields.begin(), fields.end(),
                   [&](std::size_t a, std::size_t b) { return chance(a) > chance(b); });
  std::vector<std::uint32_t> order(n + 1, 0);
  for (std::size_t k = 0; k < n; ++k) order[fields[k]] = static_cast<std::uint32_t>(k + 1);
  if (comparer.whole_names()) {
    order[n] = std::max(order[static_cast<std::size_t>(comparer.given())],
                        order[static_cast<std::size_t>(comparer.family())]);
  }
  return order;
}

bool is_part_of(const Comparer& comparer, std::size_t field, std::size_t parent) {
  if (field == parent) return true;
  return parent == comparer.fields() && (static_cast<int>(field) == comparer.given() ||
                                         static_cast<int>(field) == comparer.family());
}

std::size_t whole_top(const Comparer& comparer, std::size_t field) {
  return static_cast<std::size_t>(comparer.plan(field).whole_top);
}

using LevelCounts = std::vector<std::array<double, 16>>;

// Levels of every field among unrelated pairs that agree on `parent`.
LevelCounts count_levels(const Scorer& scorer, const EqualPairs& equal, std::size_t parent,
                         const std::vector<std::uint32_t>* entity, const Model& model) {
  const Comparer& comparer = scorer.comparer();
  const std::size_t n = comparer.fields();
  LevelCounts counts(n);
  for (auto& c : counts) c.fill(0);
  const double log_match = std::log(model.prior_match);
  const double log_relative = model.prior_relative > 0 ? std::log(model.prior_relative) : -1e300;
  for (std::size_t k = 0; k < equal.pairs.size(); ++k) {
    const SampledPair& pair = equal.pairs[k];
    if (entity != nullptr && (*entity)[pair.a] == (*entity)[pair.b]) continue;
    const double weight = static_cast<double>(equal.weight[k]);
    const Evidence terms = scorer.evidence(pair.a, pair.b, pair.pattern);
    double match = log_match, relative = log_relative;
    for (std::size_t f = 0; f < n; ++f) {
      match += terms.match[f];
      relative += terms.relative[f];
    }
    for (std::size_t f = 0; f < n; ++f) {
      const int level = level_of(pair.pattern, f);
      if (level == kMissing || level > comparer.plan(f).whole_top) continue;
      if (is_part_of(comparer, f, parent)) continue;
      const double x = match - terms.match[f], y = relative - terms.relative[f];
      if (std::max(x, y) > kSurelyAbove) continue;
      if (std::max(x, y) < kSurelyNone) {
        counts[f][static_cast<std::size_t>(level)] += weight;
        continue;
      }
      const double odds = std::exp(x) + std::exp(y);
      const double posterior = odds / (1 + odds);
      if (posterior >= kPosteriorMax) continue;
      counts[f][static_cast<std::size_t>(level)] += weight;
      const auto& levels = model.fields[f].levels;
      for (std::size_t l = 1; l <= whole_top(comparer, f); ++l) {
        counts[f][l] -= kSubtract * weight * posterior * levels[l].m;
      }
    }
  }
  return counts;
}

}  // namespace

void learn_dependence(const Scorer& scorer, const Samples& samples,
                      const std::vector<std::uint32_t>* entity, Model& model) {
  const Comparer& comparer = scorer.comparer();
  const std::size_t n = comparer.fields();
  std::vector<std::vector<std::vector<float>>> found(n + 1, std::vector<std::vector<float>>(n));
  model.dependence_order = parent_order(comparer, model);
  for (std::size_t parent = 0; parent <= n; ++parent) {
    for (std::size_t f = 0; f < n; ++f) found[parent][f].assign(model.fields[f].levels.size(), 0);
    if (samples.equal[parent].pairs.empty()) continue;
    LevelCounts counts = count_levels(scorer, samples.equal[parent], parent, entity, model);
    for (std::size_t f = 0; f < n; ++f) {
      if (is_part_of(comparer, f, parent)) continue;
      const auto& levels = model.fields[f].levels;
      double sum = 0;
      for (std::size_t l = 1; l <= whole_top(comparer, f); ++l) {
        counts[f][l] = std::max(0.0, counts[f][l]);
        sum += counts[f][l];
      }
      if (sum < kPairsMin) continue;
      for (std::size_t l = 1; l <= whole_top(comparer, f); ++l) {
        const double u = levels[l].u;
        // Agreement must be seen more than a little more often than chance: one standard error is
        // taken off.
        const double seen = l == kDiffer ? counts[f][l] : counts[f][l] - std::sqrt(counts[f][l]);
        double d = std::log((std::max(0.0, seen) + kPseudoPairs * u) / (sum + kPseudoPairs) / u);
        if (std::fabs(d) < kIgnored) d = 0;
        // The cut takes away pairs that agree on much, so agreement can look rarer than it is.
        d = l == kDiffer ? std::min(0.0, d) : std::max(0.0, d);
        if (static_cast<int>(l) > comparer.equal_level(f)) d = 0;  // swapped names stand alone
        found[parent][f][l] = static_cast<float>(std::clamp(d, kLeast, kMost));
      }
    }
  }
  model.dependence = std::move(found);
}

}  // namespace clew::link
