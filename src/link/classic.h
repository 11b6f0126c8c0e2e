// Classic training, as other tools do it: a prior from sure rules and EM in rounds, each blocked on
// some fields.
#pragma once

#include "link/model.h"
#include "link/scorer.h"

namespace clew::link {

// Sets the prior of `model` from options.deterministic at options.deterministic_recall, and m as
// the mean over options.training_rounds of two-class EM, u fixed. Fields that no round trains keep
// their start values. For comparison with tools that work so; the engine's own training is
// link/train.h.
void train_classic(const Comparer& comparer, const Options& options, Model& model);

}  // namespace clew::link
