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
  std::string table;  // Table::source
  std::string column;
  link::Role role = link::Role::ignored;
  // The field of the run it feeds; columns of several tables meet here. A full name that is split
  // feeds two: "given_name, family_name".
  std::string field;
  std::vector<std::string> reasons;  // plain sentences: "header says birth_date (French)"
  double confidence = 0;             // 0 to 1; below 0.5 the column is ignored and said so
  // Dates only, decided from the whole column. prepare() decides anew for each source in it.
  model::DateOrder order = model::DateOrder::unknown;
  std::string repeats;  // name of the column(s) that it only repeats; then role is ignored
  char separator = 0;   // values that hold several are split here; 0: single values
  std::string kind;     // tells columns of one role apart: "birth_place", "passport"
  link::Comparison comparison = link::Comparison::exact;  // meant for a field made of this column
  std::string report_date;  // ages only: the column of the same table that says when
};

struct Recognition {
  std::vector<ColumnGuess> columns;  // in the order of tables and columns
};

// Decides for all tables of a run at once, so that fields of several sources meet. Looks at column
// names in English, French, Spanish, Arabic, Russian and at about 20,000 distinct values a column,
// drawn by their hash, so that the order of the rows does not matter. At most one id column per
// table; truth and id are never evidence. Deterministic. Cost: well under a second.
Recognition recognise(std::span<const table::Table> tables);

}  // namespace clew::formats
