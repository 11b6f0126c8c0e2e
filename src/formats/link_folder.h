// The folder that `clew link` writes and that `explain` and `evaluate` read back.
//
// entities.csv, links.csv, rejected.csv  for people and their programs
// summary.json, report.html, model.json  texts that the caller makes
// compared.clew                          what was compared, to the bit (doc/formats/link-folder.md)
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "link/link.h"
#include "link/records.h"
#include "table/table.h"

namespace clew::formats {

// How the records came about: enough to find another column of the same files again.
struct Provenance {
  std::vector<std::string> files;                      // as given on the command line
  std::string id_column, source_column, truth_column;  // as in Settings
};

// What compared.clew holds: the records, and the outcome without its model.
struct Compared {
  link::Records records;
  link::Outcome outcome;
  Provenance provenance;
};

// "E-" and 13 letters that stand for the smallest "source:record_id" of the entity, in byte order
// of source, then id. The same records give the same id in every run; an entity keeps its id as
// long as its smallest record stays in it. One text per record number that names an entity, empty
// for the others. Reference: doc/formats/link-folder.md.
std::vector<std::string> entity_ids(const link::Records& records,
                                    const std::vector<std::uint32_t>& entity);

// Writes a result, all of it or nothing. Everything is written into a hidden folder inside DIR;
// only when all of it is on the disk, finish() moves the files to their places, summary.json last.
// Destroyed without finish(), it leaves DIR as it was. Not thread-safe.
class LinkFolderWriter {
 public:
  // Makes the folder when it is missing (mode 0700). Fails with invalid_input when it holds
  // anything that is not from an earlier result, with unavailable while another run writes there.
  static Result<LinkFolderWriter> open(const std::string& folder);

  LinkFolderWriter(LinkFolderWriter&& other) noexcept;
  LinkFolderWriter& operator=(LinkFolderWriter&&) = delete;
  LinkFolderWriter(const LinkFolderWriter&) = delete;
  LinkFolderWriter& operator=(const LinkFolderWriter&) = delete;
  ~LinkFolderWriter();

  // `name` is summary.json, model.json or report.html.
  Result<void> add_text(std::string_view name, std::string_view text);
  // `ids` are entity_ids() of the same records.
  Result<void> add_entities(const link::Records& records, const link::Outcome& outcome,
                            const std::vector<std::string>& ids);
  // Pairs with a probability of at least kLinkProbabilityMin, and all linked ones.
  Result<void> add_links(const link::Records& records, const link::Outcome& outcome);
  Result<void> add_rejected(std::span<const table::Rejected> rejected);
  Result<void> add_compared(const link::Records& records, const link::Outcome& outcome,
                            const Provenance& provenance);

  // Replaces the earlier result.
  Result<void> finish();

 private:
  LinkFolderWriter(std::string folder, bool made, int lock);
  std::string path_of(std::string_view name) const;
  void abandon();

  std::string folder_;
  bool made_ = false;  // by us: removed again when nothing came of it
  int lock_ = -1;      // descriptor of the folder, locked
  std::vector<std::string> names_;
};

inline constexpr double kLinkProbabilityMin = 0.01;

// Fails with not_found when the folder holds no result, with corrupt when compared.clew is damaged
// or of another version.
Result<Compared> read_compared(const std::string& folder);

// Reads a model.json for use with `records`; fails when it was learned for other fields.
Result<link::Model> read_model(const std::string& path, const link::Records& records);

}  // namespace clew::formats
