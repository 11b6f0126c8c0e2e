// Normalise: brings one value as written to its canonical form (link/records.h), by what it means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "link/records.h"
#include "model/placeholder.h"

namespace clew::formats {

// What came of one value. `problem` says what is wrong ("impossible date"); `placeholder` why it
// stands for "not known". With either, `values` holds what is left, usually nothing.
struct Normal {
  std::vector<std::string> values;  // sorted, distinct; several for "a;b" or two readings of a date
  std::string problem;
  std::string done = "field emptied";  // about the problem
  std::string placeholder;
};

struct NormaliseOptions {
  link::Role role = link::Role::category;
  link::Comparison comparison = link::Comparison::exact;
  std::string_view part;  // FieldSetting::Column::part
  char separator = 0;
  std::string_view default_country;
  const std::vector<std::string>* placeholders = nullptr;  // folded, sorted; may be null
};

model::ValueKind kind_of(link::Role role, link::Comparison comparison);

// Everything but dates, ages and points. `share` is the value's share of the filled cells,
// `is_dummy` says that it is far more frequent than the others (model::dummy_count_min).
Normal normalise(std::string_view raw, const NormaliseOptions& options, double share,
                 bool is_dummy);

// Why the settings' own list or the common policy take the value for "not known", or "".
std::string placeholder_of(std::string_view folded, const NormaliseOptions& options, double share);

// Splits a full name: "Ana María Ruiz" gives "ana maria" and "ruiz", and so does "Ruiz, Ana María".
// Titles are dropped; particles stay with the family name ("de la fuente", "al masri").
struct NameParts {
  std::string given, family;
};
NameParts split_name(std::string_view raw);

}  // namespace clew::formats
