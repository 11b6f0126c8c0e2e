// Settings: the complete description of a linking run, as a commented TOML file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/recognise.h"
#include "link/options.h"

namespace clew::formats {

// One field of the run and the columns that feed it.
struct FieldSetting {
  link::FieldSpec spec;
  struct Column {
    std::string table;  // Table::source, or empty: any table that has the column
    std::string column;
    model::DateOrder order = model::DateOrder::unknown;  // unknown: decided per source
    char separator = 0;
    // What of the column the field takes: empty for all of it; "given" or "family" of a full name;
    // "age" (with report_date, for birth dates); "latitude" or "longitude" (for points).
    std::string part;
  };
  std::vector<Column> columns;
  std::string report_date;  // for ages: the column that holds the date of the report, or empty
};

struct Settings {
  std::vector<FieldSetting> fields;
  // Empty: none. Several names, divided by |, when tables name the column differently: each table
  // takes the first that it has.
  std::string id_column, source_column, truth_column;
  std::vector<std::string> unique_sources;  // declared free of duplicates
  std::vector<std::string> placeholders;    // more values to treat as missing, beside the learned
  // "YYYY-MM-DD": for two-digit years, and ages without a date. Empty: the newest report date.
  std::string today;
  std::string default_country;  // for phones without a country code: "FR"; empty: none
  link::Options options;
};

// The settings that a run without a settings file uses: what was recognised, and every default.
Settings settings_from(const Recognition& recognition);

// Reads a TOML file. An unknown key, a wrong type or a value out of range is an error that names
// file, line and key. Keys that are absent keep the defaults of link/options.h; without any
// [[field]] the recognised fields are kept.
Result<Settings> read_settings(const std::string& path, const Recognition& recognition);

// The same from text in memory; `name` stands for the file in messages.
Result<Settings> parse_settings(std::string_view text, const std::string& name,
                                const Recognition& recognition);

// The complete commented TOML of `settings`; read_settings of it gives the same settings back.
std::string write_settings(const Settings& settings, const Recognition& recognition);

}  // namespace clew::formats
