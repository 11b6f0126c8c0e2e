// Builds one field of the records from the columns that feed it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "formats/date_column.h"
#include "formats/record_order.h"

namespace clew::formats {

// What all fields of a run share.
struct RunContext {
  std::vector<table::Table>* tables = nullptr;
  const Settings* settings = nullptr;
  const RecordOrder* order = nullptr;
  std::vector<std::string> placeholders;  // of the settings: folded, sorted
  int year_now = 0;
  std::optional<model::Day> today;  // for ages in rows without a date of their own
};

class FieldBuilder {
 public:
  FieldBuilder(const RunContext& run, const FieldSetting& setting, Prepared* prepared);

  // Fails when a column that the setting names is in no file. Otherwise appends the field.
  Result<void> build();

 private:
  // One column of one table that feeds the field.
  struct Use {
    std::size_t table = 0;
    const table::Column* column = nullptr;
    const FieldSetting::Column* setting = nullptr;
    NormaliseOptions options;
    std::vector<std::uint32_t> counts;  // of the raw values
    double filled = 0;
    std::uint64_t dummy_min = 0;
    std::vector<DateColumn> dates;  // one, for dates
    // Value id per raw value, for each manner of reading dates (0 for the rest).
    std::vector<std::vector<std::uint32_t>> value_of;
    // For ages: the date of the report, and what pairs of raw age and raw date gave.
    const table::Column* report = nullptr;
    std::vector<DateColumn> report_dates;
    std::unordered_map<std::uint64_t, std::uint32_t> value_of_pair;
    std::uint64_t problems = 0;
  };

  // What is wrong with a value, and the id of what is left of it (0: nothing).
  struct Trouble {
    std::string what, done;
    std::uint32_t value = 0;
  };

  Result<void> find_uses();
  Result<void> add_use(std::size_t table, const FieldSetting::Column& column);
  void report_orders(const Use& use);
  void fill();
  std::uint32_t value_of_record(std::size_t record);
  std::uint32_t point_of(std::size_t record);
  std::uint32_t translate(Use* use, std::uint32_t raw, std::uint16_t source);
  std::uint32_t translate_age(Use* use, std::size_t row, std::uint16_t source);
  Normal read_age_value(Use* use, std::uint32_t raw, std::uint32_t raw_report,
                        std::uint16_t source);
  std::uint32_t settle(Use* use, std::uint32_t raw, const Normal& normal);
  std::uint32_t intern(const std::vector<std::string>& values);
  std::uint32_t checked(Use* use, std::uint32_t value, std::size_t row);
  std::uint32_t join(std::uint32_t a, std::uint32_t b);
  void add_keys();

  const RunContext& run_;
  const FieldSetting& setting_;
  Prepared* prepared_;
  link::Field field_;
  std::vector<Use> uses_;
  std::vector<std::vector<Use*>> uses_of_table_;
  std::vector<Trouble> troubles_;  // value ids from kProblemFirst on stand for them
  std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> number_of_trouble_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> placeholders_;
};

}  // namespace clew::formats
