// The settings of a run without a settings file: what was recognised, and every default.
#include <algorithm>

#include "formats/field_spec.h"
#include "formats/settings.h"

namespace clew::formats {
namespace {

using link::Role;

void add_name(std::string* names, const std::string& name) {
  std::string_view rest = *names;
  while (!rest.empty()) {
    const std::size_t bar = rest.find('|');
    if (rest.substr(0, bar) == name) return;
    rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
  }
  *names += (names->empty() ? "" : "|") + name;
}

FieldSetting* field_of(Settings* settings, const std::string& name, Role role,
                       const ColumnGuess& guess) {
  for (FieldSetting& field : settings->fields) {
    if (field.spec.name == name) return &field;
  }
  FieldSetting field;
  field.spec.name = name;
  field.spec.role = role;
  field.spec.comparison = guess.comparison;
  field.spec.household = is_shared_by_household(role, guess.kind);
  settings->fields.push_back(std::move(field));
  return &settings->fields.back();
}

void add_column(Settings* settings, const std::string& name, Role role, std::string part,
                const ColumnGuess& guess) {
  FieldSetting* field = field_of(settings, name, role, guess);
  FieldSetting::Column column;
  column.table = guess.table;
  column.column = guess.column;
  column.separator = guess.separator;
  column.part = std::move(part);
  // An age counts only where no birth date stands, so it comes last.
  auto at = field->columns.end();
  if (column.part.empty()) {
    at = std::find_if(field->columns.begin(), field->columns.end(),
                      [](const FieldSetting::Column& c) { return c.part == "age"; });
  }
  if (!guess.report_date.empty()) add_name(&field->report_date, guess.report_date);
  field->columns.insert(at, std::move(column));
}

void add_evidence(Settings* settings, const ColumnGuess& guess) {
  switch (guess.role) {
    case Role::age:
      return add_column(settings, guess.field, Role::birth_date, "age", guess);
    case Role::latitude:
      return add_column(settings, guess.field, Role::latitude, "latitude", guess);
    case Role::longitude:
      return add_column(settings, guess.field, Role::latitude, "longitude", guess);
    case Role::full_name: {
      const std::size_t comma = guess.field.find(", ");
      if (comma == std::string::npos) break;
      add_column(settings, guess.field.substr(0, comma), Role::given_name, "given", guess);
      return add_column(settings, guess.field.substr(comma + 2), Role::family_name, "family",
                        guess);
    }
    default:
      break;
  }
  add_column(settings, guess.field, guess.role, "", guess);
}

}  // namespace

Settings settings_from(const Recognition& recognition) {
  Settings settings;
  for (const ColumnGuess& guess : recognition.columns) {
    if (guess.role == Role::id) add_name(&settings.id_column, guess.column);
    if (guess.role == Role::source) add_name(&settings.source_column, guess.column);
    if (guess.role == Role::truth) add_name(&settings.truth_column, guess.column);
    if (is_evidence(guess.role) && !guess.field.empty()) add_evidence(&settings, guess);
  }
  return settings;
}

}  // namespace clew::formats
