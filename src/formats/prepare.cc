#include "formats/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

#include "formats/field_builder.h"
#include "formats/record_order.h"
#include "text/fold.h"

namespace clew::formats {
namespace {

// With two-digit years only, and no word on when it is, nothing better is known.
constexpr int kYearFallback = 2030;

Result<std::optional<model::Day>> read_today(const std::string& today) {
  if (today.empty()) return std::optional<model::Day>();
  const auto reading = model::read_date(today, model::DateOrder::year_first, 9999);
  if (reading.canonical.size() == 1) {
    if (const auto days = model::interval_from_canonical(reading.canonical[0])) {
      return std::optional<model::Day>(days->last);
    }
  }
  return fail(ErrorCode::invalid_input, "today: not a date written YYYY-MM-DD");
}

// The newest day of the columns that hold dates of reports, by their full dates.
std::optional<model::Day> newest_report(std::vector<table::Table>* tables,
                                        const Settings& settings) {
  std::optional<model::Day> newest;
  for (const FieldSetting& field : settings.fields) {
    for (table::Table& table : *tables) {
      const table::Column* column = column_named(&table, field.report_date);
      if (column == nullptr) continue;
      const int year = newest_year(*column);
      const DateColumn dates(column, std::vector<std::uint16_t>(table.rows(), 0), 1,
                             model::DateOrder::unknown, year == 0 ? kYearFallback : year);
      for (std::uint32_t id = 1; id < column->values.size(); ++id) {
        const Normal day = dates.read(id, dates.manner_of(0), {});
        if (day.values.size() != 1) continue;
        const auto days = model::interval_from_canonical(day.values[0]);
        if (days && (!newest || days->last > *newest)) newest = days->last;
      }
    }
  }
  return newest;
}

int newest_year_of_all(std::vector<table::Table>* tables, const Settings& settings) {
  int year = 0;
  for (const FieldSetting& field : settings.fields) {
    if (field.spec.comparison != link::Comparison::date) continue;
    for (const FieldSetting::Column& column : field.columns) {
      for (table::Table& table : *tables) {
        if (!column.table.empty() && column.table != table.source) continue;
        const table::Column* dates = column_named(&table, column.column);
        if (dates != nullptr && column.part != "age") year = std::max(year, newest_year(*dates));
      }
    }
  }
  return year == 0 ? kYearFallback : year;
}

Result<RunContext> run_context(std::vector<table::Table>* tables, const Settings& settings,
                               const RecordOrder* order) {
  RunContext run;
  run.tables = tables;
  run.settings = &settings;
  run.order = order;
  for (const std::string& value : settings.placeholders) {
    run.placeholders.push_back(text::fold(value));
  }
  std::sort(run.placeholders.begin(), run.placeholders.end());
  run.today = TRY(read_today(settings.today));
  if (!run.today) run.today = newest_report(tables, settings);
  run.year_now = run.today ? std::atoi(model::day_to_text(*run.today).substr(0, 4).c_str())
                           : newest_year_of_all(tables, settings);
  return run;
}

bool is_among(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t bar = names.find('|');
    if (names.substr(0, bar) == name) return true;
    names = bar == std::string_view::npos ? std::string_view() : names.substr(bar + 1);
  }
  return false;
}

// Whether the fields from `next` on read a column of this name. Dates are read per source.
bool is_needed(const Settings& settings, std::size_t next, std::string_view name) {
  if (is_among(settings.source_column, name)) return true;
  for (std::size_t f = next; f < settings.fields.size(); ++f) {
    const FieldSetting& field = settings.fields[f];
    if (is_among(field.report_date, name)) return true;
    for (const FieldSetting::Column& column : field.columns) {
      if (is_among(column.column, name)) return true;
    }
  }
  return false;
}

void free_columns(std::vector<table::Table>* tables, const Settings& settings, std::size_t next) {
  for (table::Table& table : *tables) {
    for (table::Column& column : table.columns) {
      if (is_needed(settings, next, column.name)) continue;
      column.values = table::Dictionary();
      std::vector<std::uint32_t>().swap(column.ids);
    }
  }
}

}  // namespace

Result<Prepared> prepare(std::vector<table::Table>&& tables, const Settings& settings) {
  std::vector<table::Table> consumed = std::move(tables);
  Prepared prepared;
  if (consumed.size() > 65535) return fail(ErrorCode::invalid_input, "more than 65535 files");
  const RecordOrder order = TRY(order_records(&consumed, settings, &prepared));
  const RunContext run = TRY(run_context(&consumed, settings, &order));
  std::set<std::string> names;
  for (std::size_t f = 0; f < settings.fields.size(); ++f) {
    if (!names.insert(settings.fields[f].spec.name).second) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("two fields are called {}", settings.fields[f].spec.name));
    }
    free_columns(&consumed, settings, f);
    FieldBuilder builder(run, settings.fields[f], &prepared);
    TRY(builder.build());
  }
  std::stable_sort(prepared.problems.begin(), prepared.problems.end(),
                   [](const table::Problem& a, const table::Problem& b) {
                     return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
                   });
  return prepared;
}

}  // namespace clew::formats
