#include "formats/field_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/check.h"
#include "formats/field_spec.h"
#include "formats/profile.h"
#include "text/fold.h"

namespace clew::formats {
namespace {

using link::Comparison;
using link::Role;

constexpr std::uint32_t kUnset = 0xFFFFFFFF;
constexpr std::uint32_t kProblemFirst = 0xFF000000;  // ids from here on stand for a Trouble
constexpr std::uint64_t kProblemsMax = 10000;        // listed one by one for each column
constexpr std::uint32_t kDummyCount = 50;

bool is_nearly_unique(Role role) {
  return role == Role::phone || role == Role::document || role == Role::email;
}

// Degrees with at most five decimals, about a metre, without trailing zeros.
std::string degrees(double value) {
  std::string text = fmt::format("{:.5f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::optional<double> read_degrees(std::string_view raw, double max) {
  std::string text(raw);
  std::replace(text.begin(), text.end(), ',', '.');
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != '\0' || !(std::abs(value) <= max)) return std::nullopt;
  return value;
}

}  // namespace

FieldBuilder::FieldBuilder(const RunContext& run, const FieldSetting& setting, Prepared* prepared)
    : run_(run), setting_(setting), prepared_(prepared) {
  field_.spec = setting.spec;
}

Result<void> FieldBuilder::build() {
  TRY(find_uses());
  fill();
  add_keys();
  for (const auto& [what, count] : placeholders_) {
    prepared_->placeholders.push_back({field_.spec.name, what.first, count, what.second});
  }
  field_.values.freeze();
  prepared_->records.fields.push_back(std::move(field_));
  return {};
}

Result<void> FieldBuilder::find_uses() {
  for (const FieldSetting::Column& column : setting_.columns) {
    bool found = false;
    for (std::size_t t = 0; t < run_.tables->size(); ++t) {
      table::Table& table = (*run_.tables)[t];
      if (!column.table.empty() && column.table != table.source) continue;
      if (column_named(&table, column.column) == nullptr) continue;
      found = true;
      TRY(add_use(t, column));
    }
    if (!found) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("field {}: no file has a column {}{}", setting_.spec.name,
                              column.column, column.table.empty() ? "" : " as " + column.table));
    }
  }
  uses_of_table_.resize(run_.tables->size());
  for (Use& use : uses_) uses_of_table_[use.table].push_back(&use);
  return {};
}

Result<void> FieldBuilder::add_use(std::size_t t, const FieldSetting::Column& column) {
  table::Table& table = (*run_.tables)[t];
  Use use;
  use.table = t;
  use.column = column_named(&table, column.column);
  use.setting = &column;
  use.options = {setting_.spec.role, setting_.spec.comparison,       column.part,
                 column.separator,   run_.settings->default_country, &run_.placeholders};
  use.counts = counts_of(*use.column);
  for (std::size_t raw = 1; raw < use.counts.size(); ++raw) use.filled += use.counts[raw];
  if (is_nearly_unique(setting_.spec.role)) {
    const bool any = std::any_of(use.counts.begin() + 1, use.counts.end(),
                                 [](std::uint32_t count) { return count > kDummyCount; });
    use.dummy_min = any ? model::dummy_count_min({use.counts.begin() + 1, use.counts.end()}) : 0;
  }
  const std::size_t sources = prepared_->records.sources.size();
  if (column.part == "age") {
    use.report = column_named(&table, setting_.report_date);
    if (use.report != nullptr) {
      const auto source_of_row =
          sources_of_rows(&table, *run_.settings, prepared_->records.sources);
      use.report_dates.emplace_back(use.report, source_of_row, sources, model::DateOrder::unknown,
                                    run_.year_now);
    }
    uses_.push_back(std::move(use));
    return {};
  }
  use.value_of.resize(1);
  if (setting_.spec.comparison == Comparison::date) {
    const auto source_of_row = sources_of_rows(&table, *run_.settings, prepared_->records.sources);
    use.dates.emplace_back(use.column, source_of_row, sources, column.order, run_.year_now);
    use.value_of.resize(kMannersMax);
    report_orders(use);
  }
  uses_.push_back(std::move(use));
  return {};
}

void FieldBuilder::report_orders(const Use& use) {
  const auto& sources = prepared_->records.sources;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const DateManner& manner = use.dates[0].manner_of(static_cast<std::uint16_t>(s));
    if (manner.order == model::DateOrder::unknown) continue;
    prepared_->orders.push_back({sources[s], use.column->name, manner.order});
  }
}

void FieldBuilder::fill() {
  const std::size_t count = run_.order->row.size();
  field_.of_record.reserve(count);
  const bool point = setting_.spec.comparison == Comparison::point;
  for (std::size_t r = 0; r < count; ++r) {
    field_.of_record.push_back(point ? point_of(r) : value_of_record(r));
  }
  if (!field_.parts_of.empty()) field_.parts_of.resize(field_.values.size(), 0);
  for (const Use& use : uses_) {
    if (use.problems <= kProblemsMax) continue;
    const table::Table& table = (*run_.tables)[use.table];
    prepared_->problems.push_back({table.file, 0, use.column->name,
                                   fmt::format("{} more problems", use.problems - kProblemsMax),
                                   "treated alike"});
  }
}

std::uint32_t FieldBuilder::value_of_record(std::size_t record) {
  const std::size_t row = run_.order->row[record];
  const std::uint16_t source = prepared_->records.source[record];
  const bool several = holds_several(setting_.spec.role);
  std::uint32_t value = 0;
  for (Use* use : uses_of_table_[run_.order->table_of(record)]) {
    const std::uint32_t raw = use->column->ids[row];
    if (raw == 0 || (value != 0 && !several)) continue;
    const std::uint32_t found =
        use->setting->part == "age" ? translate_age(use, row, source) : translate(use, raw, source);
    const std::uint32_t good = checked(use, found, row);
    value = value == 0 ? good : join(value, good);
  }
  return value;
}

// A value id; for one that stands for a Trouble what is left of the value, and a Problem noted.
std::uint32_t FieldBuilder::checked(Use* use, std::uint32_t value, std::size_t row) {
  if (value < kProblemFirst) return value;
  const Trouble& trouble = troubles_[value - kProblemFirst];
  if (++use->problems <= kProblemsMax) {
    const table::Table& table = (*run_.tables)[use->table];
    prepared_->problems.push_back(
        {table.file, table.line_of_row[row], use->column->name, trouble.what, trouble.done});
  }
  return trouble.value;
}

std::uint32_t FieldBuilder::translate(Use* use, std::uint32_t raw, std::uint16_t source) {
  const bool dated = !use->dates.empty();
  const DateManner manner = dated ? use->dates[0].manner_of(source) : DateManner{};
  std::vector<std::uint32_t>& known = use->value_of[dated ? manner.number() : 0];
  if (known.empty()) known.assign(use->counts.size(), kUnset);
  if (known[raw] != kUnset) return known[raw];
  if (dated) {
    known[raw] = settle(use, raw, use->dates[0].read(raw, manner, use->options));
  } else {
    const bool dummy = use->dummy_min > 0 && use->counts[raw] > use->dummy_min;
    const double share = use->counts[raw] / use->filled;
    known[raw] = settle(use, raw, normalise(use->column->values[raw], use->options, share, dummy));
  }
  return known[raw];
}

// Keeps what came of a value: its id, a placeholder to report, or a problem.
std::uint32_t FieldBuilder::settle(Use* use, std::uint32_t raw, const Normal& normal) {
  if (!normal.placeholder.empty()) {
    // What a value of 1 January says besides the day is a person's; the day is not.
    const bool january = !normal.values.empty() && !use->dates.empty();
    const std::string value = january ? "1 January" : text::fold(use->column->values[raw]);
    placeholders_[{value, normal.placeholder}] += use->counts[raw];
  }
  const std::uint32_t value = normal.values.empty() ? 0 : intern(normal.values);
  if (normal.problem.empty() || !normal.placeholder.empty()) return value;
  const Trouble trouble{normal.problem, value == 0 ? "field emptied" : normal.done, value};
  const auto [at, is_new] = number_of_trouble_.try_emplace(
      {trouble.what, trouble.value}, static_cast<std::uint32_t>(troubles_.size()));
  if (is_new) troubles_.push_back(trouble);
  const std::uint32_t number = at->second;
  CHECK(number < kUnset - kProblemFirst);
  return kProblemFirst + number;
}

std::uint32_t FieldBuilder::translate_age(Use* use, std::size_t row, std::uint16_t source) {
  const std::uint32_t raw = use->column->ids[row];
  const std::uint32_t raw_report = use->report == nullptr ? 0 : use->report->ids[row];
  const std::uint64_t pair = std::uint64_t{raw} << 32 | raw_report;
  const std::uint64_t key = pair ^ std::uint64_t{source} << 48;
  const auto at = use->value_of_pair.find(key);
  if (at != use->value_of_pair.end()) return at->second;
  const std::uint32_t value = settle(use, raw, read_age_value(use, raw, raw_report, source));
  use->value_of_pair.emplace(key, value);
  return value;
}

// The birth dates that an age allows on the day of the report; on any day of it when the date is
// partial or has two readings.
Normal FieldBuilder::read_age_value(Use* use, std::uint32_t raw, std::uint32_t raw_report,
                                    std::uint16_t source) {
  Normal out;
  const std::string_view text = use->column->values[raw];
  const std::string folded = text::fold(text);
  NormaliseOptions words = use->options;
  words.role = Role::category;
  words.comparison = Comparison::exact;
  out.placeholder = placeholder_of(folded, words, 0);
  if (!out.placeholder.empty() || folded.empty()) return out;
  const auto age = model::read_age(text);
  if (!age) {
    out.problem = "not an age";
    return out;
  }
  std::optional<model::DayInterval> on;
  if (raw_report != 0) {
    const DateColumn& dates = use->report_dates[0];
    const Normal report = dates.read(raw_report, dates.manner_of(source), use->options);
    for (const std::string& canonical : report.values) {
      const auto days = model::interval_from_canonical(canonical);
      if (!days) continue;
      on = on ? model::DayInterval{std::min(on->first, days->first), std::max(on->last, days->last)}
              : *days;
    }
  }
  if (!on && run_.today) on = model::DayInterval{*run_.today, *run_.today};
  if (!on) {
    out.problem = "an age without the date of the report";
    return out;
  }
  const model::Day first = model::birth_interval(*age, on->first).first;
  const model::Day last = model::birth_interval(*age, on->last).last;
  out.values.push_back(model::day_to_text(first) + "/" + model::day_to_text(last));
  return out;
}

std::uint32_t FieldBuilder::point_of(std::size_t record) {
  const std::size_t row = run_.order->row[record];
  Use* latitude = nullptr;
  Use* longitude = nullptr;
  for (Use* use : uses_of_table_[run_.order->table_of(record)]) {
    (use->setting->part == "longitude" ? longitude : latitude) = use;
  }
  if (latitude == nullptr) return 0;
  std::string_view a = latitude->column->values[latitude->column->ids[row]], b;
  if (longitude != nullptr) {
    b = longitude->column->values[longitude->column->ids[row]];
  } else {  // "48.8566, 2.3522" in one column
    const std::size_t comma = a.find(',');
    if (comma == std::string_view::npos) return 0;
    b = a.substr(comma + 1);
    a = a.substr(0, comma);
  }
  if (a.empty() || b.empty()) return 0;
  const auto y = read_degrees(a, 90), x = read_degrees(b, 180);
  if (!y || !x) {
    Normal bad;
    bad.problem = "not a place on Earth";
    return checked(latitude, settle(latitude, latitude->column->ids[row], bad), row);
  }
  // Nobody lives at 0, 0; it is what is left when a map gave nothing.
  return *y == 0 && *x == 0 ? 0 : intern({degrees(*y) + "," + degrees(*x)});
}

// The id of one value, or of an entry whose parts are several. REQUIRES: sorted, distinct, not
// empty.
std::uint32_t FieldBuilder::intern(const std::vector<std::string>& values) {
  if (values.size() == 1) return field_.values.intern(values[0]);
  std::vector<std::uint32_t> parts;
  std::string joined;
  for (const std::string& value : values) {
    parts.push_back(field_.values.intern(value));
    if (!joined.empty()) joined += table::kListSeparator;
    joined += value;
  }
  const std::uint32_t id = field_.values.intern(joined);
  if (field_.parts_of.size() <= id) field_.parts_of.resize(field_.values.size(), 0);
  if (field_.parts_of[id] == 0) {
    field_.parts_of[id] = static_cast<std::uint32_t>(field_.part_lists.size());
    field_.part_lists.push_back(std::move(parts));
  }
  return id;
}

std::uint32_t FieldBuilder::join(std::uint32_t a, std::uint32_t b) {
  if (b == 0 || a == b) return a;
  std::vector<std::string> values;
  for (const std::uint32_t id : {a, b}) {
    const bool composite = id < field_.parts_of.size() && field_.parts_of[id] != 0;
    if (!composite) {
      values.emplace_back(field_.values[id]);
      continue;
    }
    for (const std::uint32_t part : field_.part_lists[field_.parts_of[id]]) {
      values.emplace_back(field_.values[part]);
    }
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return intern(values);
}

void FieldBuilder::add_keys() {
  const auto ascii = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  if (ascii(field_.values.bytes())) return;
  field_.keys.resize(field_.values.size());
  for (std::uint32_t id = 1; id < field_.values.size(); ++id) {
    if (field_.parts(id) == nullptr) field_.keys[id] = text::latin_key(field_.values[id]);
  }
  for (std::uint32_t id = 1; id < field_.values.size(); ++id) {
    const std::vector<std::uint32_t>* parts = field_.parts(id);
    if (parts == nullptr || ascii(field_.values[id])) continue;
    for (const std::uint32_t part : *parts) {
      if (!field_.keys[id].empty()) field_.keys[id] += table::kListSeparator;
      field_.keys[id] += field_.key(part);
    }
  }
}

}  // namespace clew::formats
