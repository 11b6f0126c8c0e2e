#include "formats/recognise.h"

#include "formats/draft.h"

namespace clew::formats {

Recognition recognise(std::span<const table::Table> tables) {
  std::vector<std::vector<Draft>> drafts(tables.size());
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (const table::Column& column : tables[t].columns) {
      Draft draft;
      draft.table = &tables[t];
      draft.column = &column;
      draft.profile = profile_of(column);
      draft.header = meaning_of(column.name);
      draft.guess.table = tables[t].source;
      draft.guess.column = column.name;
      decide(&draft);
      drafts[t].push_back(std::move(draft));
    }
    settle(&drafts[t]);
    drop_repeats(&drafts[t]);
  }
  meet(&drafts);
  Recognition recognition;
  for (std::vector<Draft>& of_table : drafts) {
    for (Draft& draft : of_table) recognition.columns.push_back(std::move(draft.guess));
  }
  return recognition;
}

}  // namespace clew::formats
