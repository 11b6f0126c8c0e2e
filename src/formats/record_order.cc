#include "formats/record_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "base/check.h"

namespace clew::formats {
namespace {

constexpr std::size_t kSourcesMax = 65535;
constexpr std::size_t kRawMax = 4096;

// The first eight bytes as a number that sorts like them.
std::uint64_t prefix_of(std::string_view text) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return prefix;
}

std::string raw_row(const table::Table& table, std::uint32_t row) {
  std::string raw;
  for (const table::Column& column : table.columns) {
    if (!raw.empty()) raw += ',';
    raw += column.values[column.ids[row]];
    if (raw.size() > kRawMax) break;
  }
  raw.resize(std::min(raw.size(), kRawMax));
  return raw;
}

// All rows of all tables with what is needed to order them.
class Rows {
 public:
  Rows(std::vector<table::Table>* tables, const Settings& settings, Prepared* prepared)
      : tables_(tables), settings_(settings), prepared_(prepared) {}

  Result<void> collect() {
    TRY(collect_sources());
    all_have_ids_ = true;
    for (std::size_t t = 0; t < tables_->size(); ++t) {
      table::Table& table = (*tables_)[t];
      const table::Column* ids = column_named(&table, settings_.id_column);
      id_columns_.push_back(ids);
      all_have_ids_ = all_have_ids_ && ids != nullptr;
      first_.push_back(static_cast<std::uint32_t>(source_.size()));
      const auto sources = sources_of_rows(&table, settings_, prepared_->records.sources);
      source_.insert(source_.end(), sources.begin(), sources.end());
    }
    count_ids_per_source();
    return {};
  }

  // Rows in the order of source and id, later rows with the same id taken out. Without ids in the
  // order of what they say.
  std::vector<std::uint32_t> sorted() {
    struct Entry {
      std::uint64_t prefix;
      std::uint32_t row;
    };
    std::vector<Entry> entries(source_.size());
    for (std::uint32_t row = 0; row < entries.size(); ++row) {
      entries[row] = {prefix_of(id_of(row)), row};
    }
    const auto less = [&](const Entry& a, const Entry& b) {
      if (source_[a.row] != source_[b.row]) return source_[a.row] < source_[b.row];
      if (a.prefix != b.prefix) return a.prefix < b.prefix;
      const int order = id_of(a.row).compare(id_of(b.row));
      return order != 0 ? order < 0 : a.row < b.row;
    };
    if (!std::is_sorted(entries.begin(), entries.end(), less)) {
      std::sort(entries.begin(), entries.end(), less);
    }
    std::vector<std::uint32_t> rows;
    rows.reserve(entries.size());
    for (const Entry& entry : entries) {
      const bool again = !rows.empty() && source_[rows.back()] == source_[entry.row] &&
                         id_of(rows.back()) == id_of(entry.row);
      if (again) {
        reject(entry.row);
      } else {
        rows.push_back(entry.row);
      }
    }
    if (!all_have_ids_) order_by_content(&rows);
    return rows;
  }

  RecordOrder finish(const std::vector<std::uint32_t>& rows) {
    link::Records& records = prepared_->records;
    RecordOrder order;
    records.has_ids = all_have_ids_;
    records.id.reserve(rows.size());
    records.source.reserve(rows.size());
    order.row.reserve(rows.size());
    for (const std::uint32_t row : rows) {
      const std::size_t t = table_of(row);
      records.id.push_back(records.ids.intern(id_of(row)));
      records.source.push_back(source_[row]);
      if (tables_->size() > 1) order.table.push_back(static_cast<std::uint16_t>(t));
      order.row.push_back(row - first_[t]);
    }
    return order;
  }

 private:
  // Without ids, what a row says decides its place, so that the order of the input does not.
  void order_by_content(std::vector<std::uint32_t>* rows) const {
    std::sort(rows->begin(), rows->end(), [&](std::uint32_t a, std::uint32_t b) {
      if (source_[a] != source_[b]) return source_[a] < source_[b];
      const std::size_t t = table_of(a), u = table_of(b);
      if (t != u) return t < u;
      for (const table::Column& column : (*tables_)[t].columns) {
        const std::uint32_t x = column.ids[a - first_[t]], y = column.ids[b - first_[t]];
        if (x != y) return column.values[x] < column.values[y];
      }
      return a < b;
    });
  }

  Result<void> collect_sources() {
    std::set<std::string, std::less<>> names;
    for (table::Table& table : *tables_) {
      const table::Column* column = column_named(&table, settings_.source_column);
      if (column == nullptr || std::count(column->ids.begin(), column->ids.end(), 0U) > 0) {
        names.insert(table.source);
      }
      if (column == nullptr) continue;
      for (std::uint32_t id = 1; id < column->values.size(); ++id) {
        names.emplace(column->values[id]);
        if (names.size() > kSourcesMax) {
          return fail(ErrorCode::invalid_input,
                      fmt::format("{}: column {} names more than {} sources", table.file,
                                  column->name, kSourcesMax));
        }
      }
    }
    prepared_->records.sources.assign(names.begin(), names.end());
    for (const std::string& name : prepared_->records.sources) {
      const auto& unique = settings_.unique_sources;
      const bool is_unique = std::find(unique.begin(), unique.end(), name) != unique.end();
      prepared_->records.source_is_unique.push_back(is_unique ? 1 : 0);
    }
    return {};
  }

  // Row numbers serve as ids; where two tables feed one source they need the table's name as well.
  void count_ids_per_source() {
    std::vector<int> tables_of(prepared_->records.sources.size(), 0);
    for (std::size_t t = 0; t < tables_->size(); ++t) {
      const std::size_t end = t + 1 < first_.size() ? first_[t + 1] : source_.size();
      std::set<std::uint16_t> seen(source_.begin() + first_[t],
                                   source_.begin() + static_cast<std::ptrdiff_t>(end));
      for (const std::uint16_t source : seen) ++tables_of[source];
    }
    number_with_table_ =
        std::any_of(tables_of.begin(), tables_of.end(), [](int n) { return n > 1; });
    made_.resize(tables_->size());
  }

  std::size_t table_of(std::uint32_t row) const {
    if (first_.size() == 1) return 0;
    return static_cast<std::size_t>(std::upper_bound(first_.begin(), first_.end(), row) -
                                    first_.begin()) -
           1;
  }

  std::string_view id_of(std::uint32_t row) {
    const std::size_t t = table_of(row);
    const std::uint32_t local = row - first_[t];
    const table::Column* ids = id_columns_[t];
    if (ids != nullptr && ids->ids[local] != 0) return ids->values[ids->ids[local]];
    std::vector<std::string>& made = made_[t];
    if (made.empty()) made.resize((*tables_)[t].rows());
    if (made[local].empty()) made[local] = make_id(t, local);
    return made[local];
  }

  std::string make_id(std::size_t t, std::uint32_t local) {
    const table::Table& table = (*tables_)[t];
    if (id_columns_[t] == nullptr) {
      const std::string number = std::to_string(local + 1);
      return number_with_table_ ? table.source + "-" + number : number;
    }
    prepared_->problems.push_back({table.file, table.line_of_row[local], id_columns_[t]->name,
                                   "the record has no id", "called row and its line"});
    return "row" + std::to_string(table.line_of_row[local]);
  }

  void reject(std::uint32_t row) {
    const std::size_t t = table_of(row);
    const table::Table& table = (*tables_)[t];
    const std::uint32_t local = row - first_[t];
    prepared_->rejected.push_back({table.file, table.line_of_row[local],
                                   "another row of the same source has this id",
                                   raw_row(table, local)});
  }

  std::vector<table::Table>* tables_;
  const Settings& settings_;
  Prepared* prepared_;
  std::vector<const table::Column*> id_columns_;
  std::vector<std::uint32_t> first_;  // number of each table's first row, over all tables
  std::vector<std::uint16_t> source_;
  std::vector<std::vector<std::string>> made_;  // ids of rows that have none
  bool all_have_ids_ = false;
  bool number_with_table_ = false;
};

void fill_truth(std::vector<table::Table>* tables, const Settings& settings,
                const RecordOrder& order, link::Records* records) {
  std::vector<const table::Column*> columns;
  bool any = false;
  for (table::Table& table : *tables) {
    columns.push_back(column_named(&table, settings.truth_column));
    any = any || columns.back() != nullptr;
  }
  if (!any) return;
  std::vector<std::vector<std::uint32_t>> labels(columns.size());
  for (std::size_t r = 0; r < order.row.size(); ++r) {
    const table::Column* column = columns[order.table_of(r)];
    std::uint32_t label = 0;
    if (column != nullptr) {
      const std::uint32_t raw = column->ids[order.row[r]];
      auto& known = labels[order.table_of(r)];
      if (known.empty()) known.assign(column->values.size(), 0);
      if (known[raw] == 0) known[raw] = records->truth_labels.intern(column->values[raw]);
      label = known[raw];
    }
    records->truth.push_back(label);
  }
}

Result<void> check_named(std::vector<table::Table>* tables, std::string_view names,
                         std::string_view key) {
  if (names.empty()) return {};
  for (table::Table& table : *tables) {
    if (column_named(&table, names) != nullptr) return {};
  }
  return fail(ErrorCode::invalid_input, fmt::format("{}: no file has a column {}", key, names));
}

}  // namespace

table::Column* column_named(table::Table* table, std::string_view names) {
  while (!names.empty()) {
    const std::size_t bar = names.find('|');
    for (table::Column& column : table->columns) {
      if (column.name == names.substr(0, bar)) return &column;
    }
    names = bar == std::string_view::npos ? std::string_view() : names.substr(bar + 1);
  }
  return nullptr;
}

std::vector<std::uint16_t> sources_of_rows(table::Table* table, const Settings& settings,
                                           const std::vector<std::string>& sources) {
  const auto index_of = [&](std::string_view name) {
    const auto at = std::lower_bound(sources.begin(), sources.end(), name);
    CHECK(at != sources.end() && *at == name);
    return static_cast<std::uint16_t>(at - sources.begin());
  };
  const table::Column* column = column_named(table, settings.source_column);
  if (column == nullptr) return std::vector<std::uint16_t>(table->rows(), index_of(table->source));
  std::vector<std::uint16_t> of_value(column->values.size(), 0);
  for (std::uint32_t id = 1; id < of_value.size(); ++id)
    of_value[id] = index_of(column->values[id]);
  const bool has_empty = std::count(column->ids.begin(), column->ids.end(), 0U) > 0;
  if (has_empty) of_value[0] = index_of(table->source);
  std::vector<std::uint16_t> of_row;
  of_row.reserve(table->rows());
  for (const std::uint32_t id : column->ids) of_row.push_back(of_value[id]);
  return of_row;
}

Result<RecordOrder> order_records(std::vector<table::Table>* tables, const Settings& settings,
                                  Prepared* prepared) {
  TRY(check_named(tables, settings.id_column, "id_column"));
  TRY(check_named(tables, settings.source_column, "source_column"));
  TRY(check_named(tables, settings.truth_column, "truth_column"));
  Rows rows(tables, settings, prepared);
  TRY(rows.collect());
  RecordOrder order = rows.finish(rows.sorted());
  fill_truth(tables, settings, order, &prepared->records);
  return order;
}

}  // namespace clew::formats
