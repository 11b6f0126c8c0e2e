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
  std::string reason;  // "means unknown", "1 January is 14 times as frequent as other days"
};

// In which order the dates of a column were read, decided per source.
struct OrderUsed {
  std::string source;
  std::string column;
  model::DateOrder order = model::DateOrder::unknown;
};

struct Prepared {
  link::Records records;
  std::vector<table::Problem> problems;  // bad fields: emptied; the row stays
  std::vector<Placeholder> placeholders;
  std::vector<table::Rejected> rejected;  // rows with an id that the same source used before
  std::vector<OrderUsed> orders;
};

// Normalises each distinct value once. Frees each raw column as soon as it is used (the tables are
// consumed). With ids, the records are in the order of source and id and the dictionaries in that
// of the records, so that the order of the rows in the files changes nothing; without, records keep
// the order of the files and their ids are row numbers from 1. A row without an id in a file that
// has ids is known by "row" and its line. At most 10,000 problems a column are listed, the rest
// counted. Fails with invalid_input when a column named in the settings is in no table.
Result<Prepared> prepare(std::vector<table::Table>&& tables, const Settings& settings);

}  // namespace clew::formats
