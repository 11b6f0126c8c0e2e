// Writes settings as commented TOML that read_settings() reads back unchanged.
#include <fmt/format.h>

#include <algorithm>

#include "formats/field_spec.h"
#include "formats/settings.h"

namespace clew::formats {
namespace {

// A TOML basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? ", " : "") + quoted(text);
  return out + "]";
}

std::string lists(const std::vector<std::vector<std::string>>& all) {
  std::string out = "[";
  for (const auto& texts : all) out += (out.size() > 1 ? ", " : "") + list(texts);
  return out + "]";
}

std::string numbers(const std::vector<double>& values) {
  return fmt::format("[{}]", fmt::join(values, ", "));
}

// "a|b" as ["a", "b"].
std::string names(std::string_view joined) {
  std::vector<std::string> out;
  while (!joined.empty()) {
    const std::size_t bar = joined.find('|');
    out.emplace_back(joined.substr(0, bar));
    joined = bar == std::string_view::npos ? std::string_view() : joined.substr(bar + 1);
  }
  return list(out);
}

std::string comment(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return "# " + text + "\n";
}

std::string on_line(std::string_view setting, std::string_view why) {
  constexpr std::size_t kColumn = 34;
  std::string out(setting);
  out.resize(std::max(out.size() + 2, kColumn), ' ');
  return out + "# " + std::string(why) + "\n";
}

std::string run_text(const Settings& s) {
  const link::Options& o = s.options;
  std::string out =
      "# Settings of a linking run. Every key may be left out; it then has the value shown here,\n"
      "# and fields that are not listed are recognised from the files.\n\n";
  out +=
      "# Columns that are never evidence. Files that name them differently: [\"id\", "
      "\"rec_id\"].\n";
  out += fmt::format("id_column = {}\nsource_column = {}\ntruth_column = {}\n\n",
                     names(s.id_column), names(s.source_column), names(s.truth_column));
  out += on_line("unique_sources = " + list(s.unique_sources),
                 "sources that hold nobody twice: their records are never joined");
  out += on_line("placeholders = " + list(s.placeholders),
                 "more values that mean \"not known\"; many are known already");
  out += on_line("today = " + quoted(s.today),
                 "\"YYYY-MM-DD\", for two-digit years and ages; empty: the newest report date");
  out += on_line("default_country = " + quoted(s.default_country),
                 "of phones without a country code: \"FR\"");
  out += on_line(fmt::format("wrong_links = {}", o.wrong_links),
                 "share of wrong pairs that entities may hold");
  out += on_line(fmt::format("seed = {}", static_cast<std::int64_t>(o.seed)),
                 "same input and seed, same result");
  out +=
      on_line(fmt::format("threads = {}", o.threads), "changes the time taken, never the result");
  out += on_line(fmt::format("memory_bytes = {}", o.memory_bytes), "0: no limit") + "\n";
  return out;
}

std::string column_text(const FieldSetting::Column& column) {
  std::string out = "{ column = " + quoted(column.column);
  if (!column.table.empty()) out += ", table = " + quoted(column.table);
  if (!column.part.empty()) out += ", part = " + quoted(column.part);
  if (column.order != model::DateOrder::unknown) {
    out += fmt::format(", order = \"{}\"", order_name(column.order));
  }
  if (column.separator != 0) out += ", separator = " + quoted(std::string(1, column.separator));
  return out + " }";
}

std::string reasons_of(const Recognition& recognition, const FieldSetting::Column& column) {
  std::string out;
  for (const ColumnGuess& guess : recognition.columns) {
    const bool table = column.table.empty() || column.table == guess.table;
    if (!table || guess.column != column.column) continue;
    out += comment(
        fmt::format("{}.{}: {}", guess.table, guess.column, fmt::join(guess.reasons, "; ")));
  }
  return out;
}

std::string field_text(const FieldSetting& field, const Recognition& recognition) {
  std::string out;
  for (const FieldSetting::Column& column : field.columns) out += reasons_of(recognition, column);
  out += "[[field]]\n";
  out += fmt::format("name = {}\n", quoted(field.spec.name));
  out += fmt::format("role = \"{}\"\n", role_name(field.spec.role));
  out += fmt::format("comparison = \"{}\"\n", comparison_name(field.spec.comparison));
  out += on_line("thresholds = " + numbers(field.spec.thresholds),
                 "of the fuzzy levels, best first; empty: the comparison's own");
  out += on_line(fmt::format("household = {}", field.spec.household),
                 "shared by people under one roof");
  out += on_line(fmt::format("frequency = {}", field.spec.frequency), "rare values weigh more");
  if (!field.report_date.empty()) {
    out += on_line("report_date = " + names(field.report_date), "when the age was written down");
  }
  out += "columns = [\n";
  for (const FieldSetting::Column& column : field.columns) {
    out += "  " + column_text(column) + ",\n";
  }
  return out + "]\n\n";
}

std::string blocking_text(const link::Options& o) {
  std::vector<std::vector<std::string>> rules;
  for (const auto& rule : o.rules) {
    rules.emplace_back();
    for (const link::BlockingKey& key : rule) {
      rules.back().push_back(key.part.empty() ? key.field : key.field + ":" + key.part);
    }
  }
  std::string out =
      "[blocking]\n"
      "# Pairs are compared when they agree on all keys of a rule: [[\"surname\", \"dob:year\"], "
      "[\"email\"]].\n"
      "# Parts: first3 first4 last4 soundex year year_month month_day first_half second_half\n"
      "# sorted_full_name. Without rules they are found, within the number of pairs given here.\n";
  out += "rules = " + lists(rules) + "\n";
  out += fmt::format("pairs_per_record = {}\n", o.pairs_per_record);
  out += on_line(fmt::format("pairs_total = {}", o.pairs_total), "the smaller of the two holds");
  out += on_line(fmt::format("block_max = {}", o.block_max), "largest block compared whole");
  out += on_line(fmt::format("keys_max = {}", o.keys_max), "keys combined at most") + "\n";
  return out;
}

std::string training_text(const link::Options& o) {
  std::string out = "[training]\n";
  out += on_line(fmt::format("relatives = {}", o.relatives), "tell members of one household apart");
  out += on_line(fmt::format("dependence = {}", o.dependence), "count evidence that repeats once");
  out += on_line(fmt::format("fuzzy_frequency = {}", o.fuzzy_frequency),
                 "frequencies where values are only close");
  out += on_line(fmt::format("passes = {}", o.passes), "the second counts once per entity");
  out += on_line(fmt::format("u_pairs = {}", o.u_pairs), "random pairs for chance agreement");
  out += on_line(fmt::format("rounds_max = {}", o.rounds_max), "of expectation-maximisation");
  out +=
      "# Training as other tools do it, used when `deterministic` is not empty: rules that mark "
      "certain\n"
      "# matches, the share of all matches that they find, and the fields blocked on in each "
      "round.\n";
  out += "deterministic = " + lists(o.deterministic) + "\n";
  out += fmt::format("deterministic_recall = {}\n", o.deterministic_recall);
  out += "rounds = " + lists(o.training_rounds) + "\n\n";
  return out;
}

std::string clustering_text(const link::Options& o) {
  std::string out = "[clustering]\n";
  const bool mean = o.clustering == link::Clustering::field_mean;
  out += on_line(fmt::format("method = \"{}\"", mean ? "field_mean" : "components"),
                 "components only for comparison: they chain");
  out += on_line(fmt::format("threshold = {}", o.threshold), "probability, for components only");
  out += on_line(fmt::format("review_low = {}", o.review_low),
                 "from here to the decision: for review");
  return out;
}

}  // namespace

std::string write_settings(const Settings& settings, const Recognition& recognition) {
  std::string out = run_text(settings);
  std::string unused;
  for (const ColumnGuess& guess : recognition.columns) {
    if (is_evidence(guess.role)) continue;
    unused += comment(
        fmt::format("{}.{}: {}", guess.table, guess.column, fmt::join(guess.reasons, "; ")));
  }
  if (!unused.empty()) out += "# Columns that are no evidence:\n" + unused + "\n";
  // A file with no field at all would have the recognised ones back.
  if (settings.fields.empty()) out += "field = []\n\n";
  for (const FieldSetting& field : settings.fields) out += field_text(field, recognition);
  out += blocking_text(settings.options);
  out += training_text(settings.options);
  out += clustering_text(settings.options);
  return out;
}

}  // namespace clew::formats
