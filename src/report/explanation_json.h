// Writes an Explanation as JSON for programs; every number reads back as the same number.
#pragma once

#include <string_view>

#include "link/explanation.h"
#include "report/json.h"
#include "report/words.h"

namespace clew::report {

// Canonical values stand as they are when shown, else as value_in_words() masks them.
Json to_json(const link::Explanation& explanation, Values values);
Json to_json(const link::EntityExplanation& explanation, Values values);

// "linked", "review" or "apart".
std::string_view name_of(link::Decision decision);

}  // namespace clew::report
