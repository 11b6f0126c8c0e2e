#include "cli/truth.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <unordered_map>

#include "base/rng.h"
#include "formats/record_order.h"
#include "table/read.h"

namespace clew::cli {
namespace {

bool is_file(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

bool is_among(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t bar = names.find('|');
    if (names.substr(0, bar) == name) return true;
    names = bar == std::string_view::npos ? std::string_view() : names.substr(bar + 1);
  }
  return false;
}

// Record numbers by id, and by source and id.
class RecordFinder {
 public:
  explicit RecordFinder(const link::Records& records) : records_(records) {
    by_id_.assign(records.ids.size(), {});
    for (std::uint32_t r = 0; r < records.count(); ++r) by_id_[records.id[r]].push_back(r);
  }

  const std::vector<std::uint32_t>& with_id(std::string_view id) const {
    return by_id_[records_.ids.find(id)];
  }

  // Empty when there is none.
  std::vector<std::uint32_t> with_source(std::string_view source, std::string_view id) const {
    for (const std::uint32_t r : with_id(id)) {
      if (records_.sources[records_.source[r]] == source) return {r};
    }
    return {};
  }

 private:
  const link::Records& records_;
  std::vector<std::vector<std::uint32_t>> by_id_;
};

Result<Truth> truth_of_file(const link::Records& records, const std::string& path) {
  const std::vector<std::string> paths = {path};
  std::vector<table::Table> tables = TRY(table::read_tables(paths, {}, {}));
  const table::Column* source = formats::column_named(tables.data(), "source");
  const table::Column* id = formats::column_named(tables.data(), "record_id");
  const table::Column* entity = formats::column_named(tables.data(), "entity|entity_id");
  if (id == nullptr || entity == nullptr) {
    return fail(ErrorCode::invalid_input,
                path +
                    ": the truth needs the columns record_id and entity, and source where "
                    "several sources use one id");
  }
  const RecordFinder finder(records);
  Truth truth;
  truth.label.assign(records.count(), 0);
  for (std::uint32_t row = 0; row < tables[0].rows(); ++row) {
    const std::string_view name = id->values[id->ids[row]];
    const std::vector<std::uint32_t> found =
        source == nullptr ? finder.with_id(name)
                          : finder.with_source(source->values[source->ids[row]], name);
    if (name.empty() || found.empty()) {
      ++truth.rows_unmatched;
    } else if (found.size() > 1) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("{}: line {}: several sources have this record_id; add a column "
                              "source",
                              path, tables[0].line_of_row[row]));
    } else {
      truth.label[found[0]] = entity->ids[row];
    }
  }
  return truth;
}

// The records of the files as they are now must be those that were linked.
bool is_same(const link::Records& now, const link::Records& then) {
  if (now.count() != then.count() || now.sources != then.sources) return false;
  for (std::uint32_t r = 0; r < now.count(); ++r) {
    if (now.source[r] != then.source[r] || now.ids[now.id[r]] != then.ids[then.id[r]]) {
      return false;
    }
  }
  return true;
}

Result<Truth> truth_of_column(const formats::Compared& compared, const std::string& column) {
  const formats::Provenance& provenance = compared.provenance;
  if (is_among(provenance.truth_column, column)) return Truth{compared.records.truth, 0};
  const auto& files = provenance.files;
  if (std::find(files.begin(), files.end(), "-") != files.end()) {
    return fail(ErrorCode::not_found,
                fmt::format("{}: there is no such file; the result keeps no column of that name, "
                            "and standard input cannot be read again",
                            column));
  }
  std::vector<table::Table> tables = TRY(table::read_tables(files, {}, {}));
  const bool known = std::any_of(tables.begin(), tables.end(), [&](table::Table& table) {
    return formats::column_named(&table, column) != nullptr;
  });
  if (!known) {
    return fail(ErrorCode::not_found,
                column + ": there is no such file, and no linked file has a column of that name");
  }
  formats::Settings settings;
  settings.id_column = provenance.id_column;
  settings.source_column = provenance.source_column;
  settings.truth_column = column;
  formats::Prepared prepared;
  TRY(formats::order_records(&tables, settings, &prepared));
  if (!is_same(prepared.records, compared.records)) {
    return fail(ErrorCode::invalid_input,
                "the linked files have changed since; link them again to use a column of them");
  }
  return Truth{std::move(prepared.records.truth), 0};
}

}  // namespace

Result<Truth> read_truth(const formats::Compared& compared, const std::string& name) {
  Truth truth = is_file(name) ? TRY(truth_of_file(compared.records, name))
                              : TRY(truth_of_column(compared, name));
  truth.label.resize(compared.records.count(), 0);
  if (std::all_of(truth.label.begin(), truth.label.end(), [](auto l) { return l == 0; })) {
    return fail(ErrorCode::invalid_input, name + ": says nothing about any of the linked records");
  }
  return truth;
}

}  // namespace clew::cli
