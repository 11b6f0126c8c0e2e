// Scores pairs of records under a model: every term of the evidence, and their sum.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "link/compare.h"
#include "link/frequency.h"
#include "link/fuzzy_frequency.h"
#include "link/model.h"

namespace clew::link {

// Evidence of one pair, field by field, in nats (natural logs). `match` is log m/u, `relative` log
// h/u.
struct Evidence {
  std::array<double, kFieldsMax> match{};
  std::array<double, kFieldsMax> relative{};
  // The parts of match[f], for explanations: level, rarity, dependence.
  std::array<double, kFieldsMax> level{};
  std::array<double, kFieldsMax> rarity{};
  std::array<double, kFieldsMax> dependence{};
};

// Sums of evidence over the fields.
struct Sums {
  double match = 0;
  double relative = 0;
};

// What a thread needs for itself while it scores: caches that never change a result.
class Scratch {
 public:
  explicit Scratch(const Comparer& comparer) : levels(comparer.fields(), comparer.count()) {}
  LevelCache levels;

 private:
  friend class Scorer;
  struct Entry {
    Pattern pattern = ~0ULL;
    double match = 0, relative = 0;
  };
  std::vector<Entry> patterns_ = std::vector<Entry>(1U << 10);
  std::size_t used_ = 0;
  std::uint64_t owner_ = 0;  // the scorer whose sums these are
};

// Read-only after construction. Keeps references to its arguments.
class Scorer {
 public:
  Scorer(const Comparer& comparer, const Model& model, const Frequencies& frequencies,
         const FuzzyFrequency* fuzzy);

  const Comparer& comparer() const { return comparer_; }

  // Sums of a pair whose pattern is known; then, with the prior, its log-odds in nats.
  Sums sums(std::uint32_t a, std::uint32_t b, Pattern pattern, Scratch& scratch) const;
  double log_odds(std::uint32_t a, std::uint32_t b, const Sums& sums) const {
    return combine(sums.match + source_prior(a, b), sums.relative);
  }
  double score(std::uint32_t a, std::uint32_t b, Scratch& scratch) const {
    const Pattern pattern = comparer_.pattern(a, b, scratch.levels);
    return log_odds(a, b, sums(a, b, pattern, scratch));
  }
  // Every term. sums() adds up the same numbers.
  Evidence evidence(std::uint32_t a, std::uint32_t b, Pattern pattern) const;

  // log-odds of "one person" against "unrelated or relatives", from summed evidence.
  double combine(double match, double relative) const;
  double source_prior(std::uint32_t a, std::uint32_t b) const {
    if (model_.source_pair.empty()) return 0;
    return model_.source_pair[comparer_.source(a) * model_.sources.size() + comparer_.source(b)];
  }
  // Evidence of the levels alone, dependence taken out, for one pattern.
  void level_terms(Pattern pattern, Evidence& evidence) const;
  // Recomputes what depends on the priors, after they were changed in the model.
  void refresh_priors();

 private:
  double rarity(std::size_t field, std::uint32_t a, std::uint32_t b, int level) const;
  double exact_rarity(std::size_t field, std::uint32_t a, std::uint32_t b) const;

  const Comparer& comparer_;
  const Model& model_;
  const FuzzyFrequency* fuzzy_;
  std::vector<std::array<double, 16>> match_;     // log m/u per field and level
  std::vector<std::array<double, 16>> relative_;  // log h/u
  std::vector<std::vector<float>> exact_;         // per field and value: rarity of equality
  std::vector<float> whole_name_;                 // per whole name: what its parts count twice
  std::vector<bool> shared_;                      // relatives share the field
  std::vector<double> log_consistent_;            // log u of "consistent" per field
  double log_match_ = 0, log_relative_ = 0, log_rest_ = 0;
  bool relatives_ = false;
  std::uint64_t identity_ = 0;
};

}  // namespace clew::link
