// Finds out what each column of a table means, from its name and from its content, with reasons.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "link/records.h"
#include "model/date.h"
#include "table/table.h"

namespace clew::formats {

// What was understood of one column of one table.
struct ColumnGuess {
  std::string table;   // Table::source
  std::string column;
  link::Role role = link::Role::ignored;
  std::string field;   // the field of the run it feeds; columns of several tables meet here
  std::vector<std::string> reasons;  // plain sentences: "header says date of birth (French)"
  double confidence = 0;             // 0 to 1; below 0.5 the column is ignored and said so
  model::DateOrder order = model::DateOrder::unknown;  // dates only, decided from the whole column
  std::string repeats;               // name of the column(s) that it only repeats; then role is ignored
  char separator = 0;                // values that hold several are split here; 0: single values
};

struct Recognition {
  std::vector<ColumnGuess> columns;  // in the order of tables and columns
};

// Decides for all tables of a run at once, so that fields of several sources meet. Looks at column names in
// English, French, Spanish, Arabic, Russian and at up to 20,000 distinct values a column. At most
// one id column per table; truth and id are never evidence. Deterministic. Cost: well under a second.
Recognition recognise(std::span<const table::Table> tables);

}  // namespace clew::formats
