// Makes a model that was learned from other records serve these, or says why it cannot.
#pragma once

#include "base/result.h"
#include "link/model.h"
#include "link/records.h"

namespace clew::link {

// Fails with invalid_input when the model was learned for other fields, or compares them in another
// way. Otherwise brings its sources into the order of the records' (pairs of sources that it does
// not know get no evidence), and adds the levels that its own records never needed, without
// evidence. Cost: that of a Comparer (link/compare.h).
Result<void> fit_model(const Records& records, Model& model);

}  // namespace clew::link
