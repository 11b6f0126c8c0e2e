#include "formats/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "formats/field_spec.h"
#include "formats/toml_reader.h"

namespace clew::formats {
namespace {

using link::Comparison;
using link::Role;

constexpr std::int64_t kIntegerMax = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kRoles = static_cast<std::size_t>(Role::longitude) + 1;
constexpr std::size_t kComparisons = static_cast<std::size_t>(Comparison::point) + 1;
constexpr std::size_t kOrders = static_cast<std::size_t>(model::DateOrder::ambiguous) + 1;

constexpr std::string_view kParts[] = {"",           "first3",      "first4",          "last4",
                                       "soundex",    "year",        "year_month",      "month_day",
                                       "first_half", "second_half", "sorted_full_name"};
constexpr std::string_view kColumnParts[] = {"", "given", "family", "age", "latitude", "longitude"};

template <typename Enum, typename Name>
std::vector<std::string_view> names_of(std::size_t from, std::size_t count, const Name& name) {
  std::vector<std::string_view> names;
  for (std::size_t i = from; i < count; ++i) names.push_back(name(static_cast<Enum>(i)));
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, "|"));
}

void read_names(TomlReader* file, std::string_view key, std::string* out) {
  if (!file->has(key)) return;
  std::vector<std::string> names;
  file->texts(key, &names);
  std::erase(names, "");
  *out = joined(names);
}

void read_column(TomlReader* reader, FieldSetting::Column* column) {
  reader->text("table", &column->table);
  reader->text("column", &column->column);
  if (column->column.empty()) reader->complain("column", "names no column");
  std::size_t order = 0;
  reader->choice("order", names_of<model::DateOrder>(0, kOrders, order_name), &order);
  column->order = static_cast<model::DateOrder>(order);
  std::string separator;
  reader->text("separator", &separator);
  if (separator.size() > 1) reader->complain("separator", "must be one character or empty");
  column->separator = separator.empty() ? '\0' : separator[0];
  std::size_t part = 0;
  reader->choice("part", {std::begin(kColumnParts), std::end(kColumnParts)}, &part);
  column->part = kColumnParts[part];
}

const ColumnGuess* guess_of(const Recognition& recognition, const FieldSetting::Column& column) {
  for (const ColumnGuess& guess : recognition.columns) {
    const bool table = column.table.empty() || column.table == guess.table;
    if (table && guess.column == column.column && is_evidence(guess.role)) return &guess;
  }
  return nullptr;
}

// Thresholds stand best first: falling for similarities, rising for distances.
void check_thresholds(TomlReader* reader, const link::FieldSpec& spec) {
  const std::vector<double>& t = spec.thresholds;
  if (t.empty()) return;
  if (spec.comparison == Comparison::exact || spec.comparison == Comparison::initial) {
    return reader->complain("thresholds", "this comparison has none");
  }
  if (t.size() > 8) return reader->complain("thresholds", "at most 8");
  const bool similarity = spec.comparison == Comparison::jaro_winkler ||
                          spec.comparison == Comparison::tokens ||
                          spec.comparison == Comparison::email;
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (t[i] <= 0 || (similarity && t[i] > 1)) {
      return reader->complain("thresholds",
                              similarity ? "must be above 0 and at most 1" : "must be above 0");
    }
    if (i > 0 && (similarity ? t[i] >= t[i - 1] : t[i] <= t[i - 1])) {
      return reader->complain("thresholds", "must stand best first");
    }
  }
}

FieldSetting read_field(TomlReader* reader, const Recognition& recognition) {
  FieldSetting field;
  reader->text("name", &field.spec.name);
  if (field.spec.name.empty()) reader->complain("name", "a field needs a name");
  if (field.spec.name.find(':') != std::string::npos)
    reader->complain("name", "may not hold a colon");
  for (TomlReader& inner : reader->tables("columns", "column")) {
    read_column(&inner, &field.columns.emplace_back());
    if (auto done = inner.finish(); !done) reader->adopt(inner);
  }
  if (!reader->has("columns")) field.columns.emplace_back().column = field.spec.name;
  if (field.columns.empty()) reader->complain("columns", "a field needs a column");
  const ColumnGuess* guess =
      field.columns.empty() ? nullptr : guess_of(recognition, field.columns[0]);
  std::string_view kind = guess == nullptr ? std::string_view() : guess->kind;
  std::size_t role = 0;
  if (reader->has("role")) {
    constexpr auto kFirst = static_cast<std::size_t>(Role::given_name);
    reader->choice("role", names_of<Role>(kFirst, kRoles, role_name), &role);
    field.spec.role = static_cast<Role>(role + kFirst);
    if (guess != nullptr && guess->role != field.spec.role) kind = {};
  } else {
    field.spec.role = guess == nullptr ? Role::category : guess->role;
  }
  const bool as_guessed = guess != nullptr && guess->role == field.spec.role;
  field.spec.comparison = as_guessed ? guess->comparison : comparison_of(field.spec.role, kind, {});
  std::size_t comparison = static_cast<std::size_t>(field.spec.comparison);
  reader->choice("comparison", names_of<Comparison>(0, kComparisons, comparison_name), &comparison);
  field.spec.comparison = static_cast<Comparison>(comparison);
  reader->numbers("thresholds", &field.spec.thresholds);
  check_thresholds(reader, field.spec);
  field.spec.household = is_shared_by_household(field.spec.role, kind);
  reader->flag("household", &field.spec.household);
  reader->flag("frequency", &field.spec.frequency);
  read_names(reader, "report_date", &field.report_date);
  return field;
}

void read_fields(TomlReader* file, const Recognition& recognition, Settings* settings) {
  if (!file->has("field")) return;
  settings->fields.clear();
  std::set<std::string> names;
  for (TomlReader& reader : file->tables("field", "")) {
    FieldSetting field = read_field(&reader, recognition);
    if (!names.insert(field.spec.name).second)
      reader.complain("name", "another field has this name");
    if (auto done = reader.finish(); !done) file->adopt(reader);
    settings->fields.push_back(std::move(field));
  }
}

bool has_field(const Settings& settings, std::string_view name) {
  return std::any_of(settings.fields.begin(), settings.fields.end(),
                     [&](const FieldSetting& f) { return f.spec.name == name; });
}

void check_field_lists(TomlReader* reader, std::string_view key, const Settings& settings,
                       const std::vector<std::vector<std::string>>& lists) {
  for (const auto& list : lists) {
    for (const std::string& name : list) {
      if (!has_field(settings, name)) reader->complain(key, "there is no field " + name);
    }
  }
}

template <typename Number>
void read_integer(TomlReader* reader, std::string_view key, std::int64_t low, std::int64_t high,
                  Number* out) {
  auto value = static_cast<std::int64_t>(*out);
  reader->integer(key, low, high, &value);
  *out = static_cast<Number>(value);
}

void read_blocking(TomlReader* reader, Settings* settings) {
  link::Options& options = settings->options;
  std::vector<std::vector<std::string>> rules;
  reader->lists("rules", &rules);
  if (reader->has("rules")) options.rules.clear();
  for (const std::vector<std::string>& rule : rules) {
    options.rules.emplace_back();
    for (const std::string& text : rule) {
      const std::size_t colon = text.find(':');
      link::BlockingKey key{text.substr(0, colon),
                            colon == std::string::npos ? "" : text.substr(colon + 1)};
      if (std::find(std::begin(kParts), std::end(kParts), key.part) == std::end(kParts)) {
        reader->complain("rules", "no part of a value is called " + key.part);
      }
      if (!has_field(*settings, key.field))
        reader->complain("rules", "there is no field " + key.field);
      options.rules.back().push_back(std::move(key));
    }
  }
  reader->number("pairs_per_record", 1, 1e6, &options.pairs_per_record);
  reader->number("pairs_total", 1, 1e12, &options.pairs_total);
  read_integer(reader, "block_max", 2, 1000000, &options.block_max);
  read_integer(reader, "keys_max", 1, 4, &options.keys_max);
}

void read_training(TomlReader* reader, Settings* settings) {
  link::Options& options = settings->options;
  reader->flag("relatives", &options.relatives);
  reader->flag("dependence", &options.dependence);
  reader->flag("fuzzy_frequency", &options.fuzzy_frequency);
  read_integer(reader, "passes", 1, 5, &options.passes);
  read_integer(reader, "u_pairs", 1000, 1000000000, &options.u_pairs);
  read_integer(reader, "rounds_max", 1, 100000, &options.rounds_max);
  reader->lists("deterministic", &options.deterministic);
  check_field_lists(reader, "deterministic", *settings, options.deterministic);
  reader->number("deterministic_recall", 0.01, 1, &options.deterministic_recall);
  reader->lists("rounds", &options.training_rounds);
  check_field_lists(reader, "rounds", *settings, options.training_rounds);
}

void read_clustering(TomlReader* reader, link::Options* options) {
  std::size_t method = static_cast<std::size_t>(options->clustering);
  reader->choice("method", {"field_mean", "components"}, &method);
  options->clustering = static_cast<link::Clustering>(method);
  reader->number("threshold", 0, 1, &options->threshold);
  reader->number("review_low", 0, 1, &options->review_low);
}

void read_section(TomlReader* file, TomlReader reader) {
  if (auto done = reader.finish(); !done) file->adopt(reader);
}

void read_run(TomlReader* file, Settings* settings) {
  link::Options& options = settings->options;
  read_names(file, "id_column", &settings->id_column);
  read_names(file, "source_column", &settings->source_column);
  read_names(file, "truth_column", &settings->truth_column);
  file->texts("unique_sources", &settings->unique_sources);
  file->texts("placeholders", &settings->placeholders);
  file->text("today", &settings->today);
  const auto today = model::read_date(settings->today, model::DateOrder::year_first, 9999);
  if (!settings->today.empty() && (today.canonical.empty() || today.canonical[0].size() != 8)) {
    file->complain("today", "must be a date written \"YYYY-MM-DD\"");
  }
  file->text("default_country", &settings->default_country);
  const std::string& country = settings->default_country;
  const bool letters =
      std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!letters || (!country.empty() && country.size() != 2)) {
    file->complain("default_country", "must be two capital letters, such as \"FR\"");
  }
  file->number("wrong_links", 0, 1, &options.wrong_links);
  read_integer(file, "seed", std::numeric_limits<std::int64_t>::min(), kIntegerMax, &options.seed);
  read_integer(file, "threads", 1, 1024, &options.threads);
  read_integer(file, "memory_bytes", 0, kIntegerMax, &options.memory_bytes);
}

Result<Settings> settings_of(TomlReader file, const Recognition& recognition) {
  Settings settings = settings_from(recognition);
  read_run(&file, &settings);
  read_fields(&file, recognition, &settings);
  TomlReader blocking = file.table("blocking");
  read_blocking(&blocking, &settings);
  read_section(&file, std::move(blocking));
  TomlReader training = file.table("training");
  read_training(&training, &settings);
  read_section(&file, std::move(training));
  TomlReader clustering = file.table("clustering");
  read_clustering(&clustering, &settings.options);
  read_section(&file, std::move(clustering));
  TRY(file.finish());
  return settings;
}

}  // namespace

Result<Settings> read_settings(const std::string& path, const Recognition& recognition) {
  return settings_of(TRY(TomlReader::parse_file(path)), recognition);
}

Result<Settings> parse_settings(std::string_view text, const std::string& name,
                                const Recognition& recognition) {
  return settings_of(TRY(TomlReader::parse(text, name)), recognition);
}

}  // namespace clew::formats
