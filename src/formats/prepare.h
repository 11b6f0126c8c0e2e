// Turns tables and settings into the Records that the engine links.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "formats/settings.h"
#include "link/records.h"
#include "table/table.h"

namespace clew::formats {

// A value of a field that is treated as missing, and why. Frequent placeholders are not personal.
struct Placeholder {
  std::string field;
  std::string value;
  std::uint64_t count = 0;
  std::string reason;  // "means unknown", "1 January is 14 times as frequent as other days", "one digit repeated"
};

struct Prepared {
  link::Records records;
  std::vector<table::Problem> problems;       // bad fields: emptied; the row stays
  std::vector<Placeholder> placeholders;
  std::vector<table::Rejected> rejected;      // rows with an id that the same source used before, and the like
};

// Normalises each distinct value once. Frees each raw column as soon as it is used (the tables are consumed).
// Fails with invalid_input when a column named in the settings is in no table.
Result<Prepared> prepare(std::vector<table::Table>&& tables, const Settings& settings);

}  // namespace clew::formats
