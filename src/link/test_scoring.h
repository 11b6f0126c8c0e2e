// Scoring: everything that tests need to score pairs under a finished model.
#pragma once

#include "link/compare.h"
#include "link/frequency.h"
#include "link/fuzzy_frequency.h"
#include "link/model.h"
#include "link/scorer.h"

namespace clew::link {

// Keeps references to its arguments.
struct Scoring {
  Scoring(const Records& records, const Model& model)
      : comparer(records, model.options.deterministic.empty()),
        frequencies(frequencies_of_model(comparer, model)),
        fuzzy(comparer, model, model.options.seed),
        scorer(comparer, model, frequencies, model.options.fuzzy_frequency ? &fuzzy : nullptr),
        scratch(comparer) {}

  double score(std::uint32_t a, std::uint32_t b) { return scorer.score(a, b, scratch); }

  Comparer comparer;
  Frequencies frequencies;
  FuzzyFrequency fuzzy;
  Scorer scorer;
  Scratch scratch;
};

}  // namespace clew::link
