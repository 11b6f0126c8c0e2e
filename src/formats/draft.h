// Draft: a column while it is being recognised; the steps of recognise() pass it on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/profile.h"
#include "formats/recognise.h"
#include "formats/vocabulary.h"

namespace clew::formats {

struct Draft {
  const table::Table* table = nullptr;
  const table::Column* column = nullptr;
  Profile profile;
  std::optional<HeaderMeaning> header;
  ColumnGuess guess;
  bool by_content = false;  // the name said nothing, or what the values contradict
};

// Makes a column count for nothing, and says why.
void ignore(Draft* draft, std::string reason);

// Decides one column from its name and its values.
void decide(Draft* draft);

// Settles what the columns of one table mean beside each other: at most one id, which name is
// whose, which date is a birth date, which age has a date, which coordinates are a pair.
void settle(std::vector<Draft>* drafts);

// Ignores the columns that only repeat others: a full name beside its parts, a column copied.
void drop_repeats(std::vector<Draft>* drafts);

// Gives every column that is evidence the field that it feeds. Columns of several tables meet by
// role and kind; of equal candidates the same header wins, then the order in the tables.
void meet(std::vector<std::vector<Draft>>* tables);

}  // namespace clew::formats
