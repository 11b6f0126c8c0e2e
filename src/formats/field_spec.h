// How a field of a given meaning is compared, unless the settings say otherwise.
#pragma once

#include <string_view>

#include "formats/profile.h"
#include "link/records.h"

namespace clew::formats {

std::string_view role_name(link::Role role);                    // "given_name"
std::string_view comparison_name(link::Comparison comparison);  // "jaro_winkler"
std::string_view order_name(model::DateOrder order);            // "day_first"

// The comparison for a column of this role, kind (formats/vocabulary.h) and content.
link::Comparison comparison_of(link::Role role, std::string_view kind, const Profile& profile);

// Whether people under one roof share the value.
bool is_shared_by_household(link::Role role, std::string_view kind);

// Whether columns of this role add up to one field that holds several values (phones, e-mails).
bool holds_several(link::Role role);

// Whether a column of this role is evidence, as itself or as part of a field.
bool is_evidence(link::Role role);

}  // namespace clew::formats
