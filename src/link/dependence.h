// Dependence between fields: agreement that another agreement already explains is not counted
// twice.
#pragma once

#include <cstdint>
#include <vector>

#include "link/model.h"
#include "link/samples.h"
#include "link/scorer.h"

namespace clew::link {

// Fills model.dependence and dependence_order from pairs of records that agree on one field (or the
// whole name) and are hardly one person by everything else. REQUIRES: the scorer's model holds no
// dependence yet. Hidden matches would leak into the estimate: only pairs with a posterior below a
// cut, taken without the field itself, count, and what matches below the cut still explain is
// subtracted. Pairs that `entity` (may be null) holds in one entity do not count. Reference:
// doc/math/linkage.md, "Dependence".
void learn_dependence(const Scorer& scorer, const Samples& samples,
                      const std::vector<std::uint32_t>* entity, Model& model);

}  // namespace clew::link
