// The prior: how many pairs are one person, at the fixed point of its own posterior.
#pragma once

#include "link/model.h"
#include "link/samples.h"
#include "link/scorer.h"

namespace clew::link {

// Sets prior_match, prior_relative and source_pair of `model` (which `scorer` reads) so that each
// equals the posterior mass over the sampled candidate pairs, scaled up. Returns the number of
// matches expected among the candidate pairs. At most 60 rounds. Pairs that blocking never brings
// together count as no match.
double fixed_point_priors(Scorer& scorer, const Samples& samples, const Options& options,
                          Model& model);

}  // namespace clew::link
