#include "link/prior.h"

#include <algorithm>
#include <cmath>

namespace clew::link {
namespace {

constexpr unsigned kRoundsMax = 60;
constexpr unsigned kRoundsMin = 6;
constexpr double kTolerance = 1e-5;
constexpr double kPseudoMatches = 0.5;
constexpr double kSourcePseudo = 5;      // pseudo-matches that hold a pair of sources to the mean
constexpr std::size_t kSourcesMax = 64;  // more sources than this share one prior
constexpr double kExponentMax = 300;

struct Pair {
  double match, relative;
  std::uint32_t cell;  // source pair
};

// Number of pairs of records for every pair of sources (a <= b).
std::vector<double> pairs_of_sources(const Comparer& comparer, std::size_t sources) {
  std::vector<double> count(sources, 0), pairs(sources * sources, 0);
  for (std::uint32_t r = 0; r < comparer.count(); ++r) ++count[comparer.source(r)];
  for (std::size_t a = 0; a < sources; ++a) {
    for (std::size_t b = a; b < sources; ++b) {
      pairs[a * sources + b] = a == b ? count[a] * (count[a] - 1) / 2 : count[a] * count[b];
    }
  }
  return pairs;
}

}  // namespace

double fixed_point_priors(Scorer& scorer, const Samples& samples, const Options& options,
                          Model& model) {
  const Comparer& comparer = scorer.comparer();
  const double n = comparer.count();
  const double pairs_possible = std::max(1.0, n * (n - 1) / 2);
  const std::size_t sources = model.sources.size();
  const bool by_source = sources > 1 && sources <= kSourcesMax;
  std::vector<Pair> pairs;
  pairs.reserve(samples.candidates.size());
  Scratch scratch(comparer);
  for (const SampledPair& s : samples.candidates) {
    const Sums sums = scorer.sums(s.a, s.b, s.pattern, scratch);
    // By value: minmax of two temporaries would hand out references to them.
    const auto [low, high] =
        std::minmax({std::size_t{comparer.source(s.a)}, std::size_t{comparer.source(s.b)}});
    pairs.push_back({sums.match, sums.relative,
                     by_source ? static_cast<std::uint32_t>(low * sources + high) : 0});
  }
  std::vector<double> possible =
      by_source ? pairs_of_sources(comparer, sources) : std::vector<double>{pairs_possible};
  std::vector<double> factor(possible.size(), 0), mass(possible.size(), 0);
  double matches = 0;
  if (options.relatives && model.prior_relative <= 0) model.prior_relative = 1e-12;
  for (unsigned round = 0; round < kRoundsMax; ++round) {
    matches = 0;
    double relatives = 0;
    std::fill(mass.begin(), mass.end(), 0);
    const double log_match = std::log(model.prior_match);
    const double log_relative = options.relatives ? std::log(model.prior_relative) : 0;
    for (const Pair& p : pairs) {
      const double x = std::exp(std::min(kExponentMax, log_match + p.match + factor[p.cell]));
      const double y =
          options.relatives ? std::exp(std::min(kExponentMax, log_relative + p.relative)) : 0;
      const double sum = x + y + 1;
      matches += x / sum;
      relatives += y / sum;
      mass[p.cell] += x / sum;
    }
    matches /= samples.candidate_share;
    relatives /= samples.candidate_share;
    const double before = model.prior_match;
    model.prior_match = std::min(0.5, (matches + kPseudoMatches) / pairs_possible);
    model.prior_relative =
        options.relatives ? std::clamp((relatives + kPseudoMatches) / pairs_possible, 1e-12, 0.4)
                          : 0;
    for (std::size_t c = 0; by_source && c < mass.size(); ++c) {
      factor[c] = std::log((mass[c] / samples.candidate_share + kSourcePseudo) /
                           (possible[c] * model.prior_match + kSourcePseudo));
    }
    if (round >= kRoundsMin && std::fabs(model.prior_match / before - 1) < kTolerance) break;
  }
  model.source_pair.clear();
  if (by_source) {
    model.source_pair.assign(sources * sources, 0);
    for (std::size_t a = 0; a < sources; ++a) {
      for (std::size_t b = a; b < sources; ++b) {
        model.source_pair[a * sources + b] = model.source_pair[b * sources + a] =
            factor[a * sources + b];
      }
    }
  }
  return matches;
}

}  // namespace clew::link
