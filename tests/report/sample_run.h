// A made-up linking run of 600 records from three sources, complete enough for a whole report.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "base/rng.h"
#include "report/link_report.h"
#include "tests/report/sample.h"

namespace clew::report::sample {

struct Run {
  link::Records records;
  link::Outcome outcome;
  formats::Recognition recognition;
  std::vector<SourceSummary> sources;
  std::vector<table::Problem> problems;
  std::vector<formats::Placeholder> placeholders;

  LinkReportInput input(Values values = Values::masked) const {
    return {records,
            outcome,
            recognition,
            sources,
            problems,
            placeholders,
            0.05,
            [this](std::uint32_t entity) {
              std::uint32_t size = 0;
              for (const std::uint32_t e : outcome.entity) size += e == entity ? 1 : 0;
              return sample::entity("E" + std::to_string(entity), size);
            },
            values};
  }
};

inline void add_records(Run& run) {
  constexpr std::array kGiven = {"amina", "łucja", "yusuf", "मीरा", "أمينة", "tomás", "zoë"};
  constexpr std::array kFamily = {"okonjo", "haddad", "nowak", "<b>o'neill</b>", "gonzález"};
  Rng rng(7);
  link::Records& records = run.records;
  records.sources = {"hotline", "shelter", "school"};
  records.has_ids = true;
  const auto add_field = [&](const char* name, link::Role role, link::Comparison comparison) {
    link::Field field;
    field.spec.name = name;
    field.spec.role = role;
    field.spec.comparison = comparison;
    records.fields.push_back(field);
  };
  add_field("given_name", link::Role::given_name, link::Comparison::jaro_winkler);
  add_field("family_name", link::Role::family_name, link::Comparison::jaro_winkler);
  add_field("birth_date", link::Role::birth_date, link::Comparison::date);
  add_field("sex", link::Role::sex, link::Comparison::exact);
  add_field("phone", link::Role::phone, link::Comparison::edits);
  for (std::uint32_t r = 0; r < 600; ++r) {
    // Sizes fall off: one entity of eleven, some of four, three and two, the rest alone.
    const std::uint32_t group = r < 11    ? 0
                                : r < 71  ? 11 + (r - 11) / 4 * 4
                                : r < 161 ? 71 + (r - 71) / 3 * 3
                                : r < 361 ? 161 + (r - 161) / 2 * 2
                                          : r;
    run.outcome.entity.push_back(group);
    records.source.push_back(static_cast<std::uint16_t>(rng.below(3)));
    records.id.push_back(records.ids.intern("R-" + std::to_string(1000 + r)));
    const std::array<std::string, 5> values = {
        kGiven[group % kGiven.size()], kFamily[group % kFamily.size()],
        std::to_string(20040101 + 10000 * (group % 9) + 100 * (group % 12) + group % 27),
        rng.below(3) == 0 ? ""
        : group % 2 == 0  ? "f"
                          : "m",
        rng.below(2) == 0 ? "" : "+336" + std::to_string(10000000 + group * 7919)};
    for (std::size_t f = 0; f < values.size(); ++f) {
      records.fields[f].of_record.push_back(records.fields[f].values.intern(values[f]));
    }
  }
  for (std::uint32_t r = 1; r < 361; ++r) {
    const std::uint32_t entity = run.outcome.entity[r];
    if (entity != r) run.outcome.merges.push_back({entity, r, 12.0 - 14.0 * rng.uniform()});
  }
}

inline void add_model(Run& run) {
  const auto add = [&](const char* name, std::vector<link::Level> levels) {
    link::FieldModel field;
    field.spec.name = name;
    field.levels = std::move(levels);
    run.outcome.model.fields.push_back(field);
  };
  add("given_name", {{"missing"},
                     {"differ", .06, .9, .97},
                     {"close (Jaro-Winkler >= 0.88)", .05, .03, .012},
                     {"close (Jaro-Winkler >= 0.94)", .12, .03, .004},
                     {"equal", .77, .04, .011}});
  add("family_name", {{"missing"},
                      {"differ", .05, .1, .98},
                      {"close (Jaro-Winkler >= 0.92)", .1, .1, .003},
                      {"equal", .85, .8, .002}});
  add("birth_date", {{"missing"},
                     {"differ", .03, .97, .91},
                     {"same year", .04, .03, .07},
                     {"day and month swapped", .02, 0, .0002, false},
                     {"one digit", .08, .001, .005},
                     {"equal", .83, .0004, .0003}});
  add("sex", {{"missing"}, {"differ", .01, .5, .5}, {"equal", .99, .5, .5}});
  add("phone", {{"missing"}, {"differ", .35, .4, .9996}, {"equal", .65, .6, .0004}});
  run.outcome.model.prior_match = 1 / 160000.0;
}

inline void add_reports(Run& run) {
  link::Outcome& outcome = run.outcome;
  outcome.blocking.rules = {{"family_name + birth_date:year", 8120, 402, 0, 31},
                            {"phone", 51240, 310, 220, 220},
                            {"given_name:soundex + birth_date:year_month", 2310, 511, 0, 12}};
  outcome.blocking.hubs = {{"phone", 220, 23100, 1.7}};
  outcome.blocking.pairs_compared = 29870;
  outcome.blocking.pairs_possible = 179700;
  outcome.blocking.matches_expected = 402.3;
  outcome.blocking.matches_lost = 9.4;
  outcome.estimates = {.021, .048, 335, -0.73};
  for (int bin = 0; bin < 20; ++bin) {
    const double low = bin / 20.0, away = std::abs(low - 0.45);
    outcome.scores.push_back(
        {low, low + .05,
         static_cast<std::uint64_t>(bin == 0    ? 28990
                                    : bin == 19 ? 341
                                                : 400 * std::pow(away, 3) + 2)});
  }
  outcome.warnings = {
      "The level “day and month swapped” of birth_date was seen in no pair; its "
      "weight is assumed. A file with more records would settle it."};
}

inline formats::ColumnGuess guess(std::string table, std::string column, link::Role role,
                                  std::vector<std::string> reasons, double confidence) {
  formats::ColumnGuess out;
  out.table = std::move(table);
  out.column = std::move(column);
  out.role = role;
  out.field = role >= link::Role::given_name ? std::string(role_in_words(role)) : "";
  std::replace(out.field.begin(), out.field.end(), ' ', '_');
  out.reasons = std::move(reasons);
  out.confidence = confidence;
  return out;
}

inline void add_recognition(Run& run) {
  using link::Role;
  run.recognition.columns = {
      guess("hotline", "case no", Role::id, {"header says number of a case", "all values differ"},
            .97),
      guess("hotline", "prénom", Role::given_name, {"header says given name (French)"}, .95),
      guess("hotline", "nom", Role::family_name, {"header says family name (French)"}, .93),
      guess("hotline", "né le", Role::birth_date,
            {"header says date of birth (French)", "98% of the values are dates"}, .99),
      guess("hotline", "nom complet", Role::ignored, {"header says full name (French)"}, .9),
      guess("shelter", "الاسم", Role::given_name, {"header says given name (Arabic)"}, .9),
      guess("shelter", "phones", Role::phone, {"header says phone"}, .96),
      guess("school", "remarks", Role::free_text, {"long texts that seldom repeat"}, .62)};
  run.recognition.columns[3].order = model::DateOrder::day_first;
  run.recognition.columns[4].repeats = "prénom, nom";
  run.recognition.columns[6].separator = ';';
}

inline void add_input(Run& run) {
  run.sources = {{"hotline.csv", "hotline", "CSV, comma, UTF-8", 260, 2},
                 {"shelter.tsv.gz", "shelter", "TSV, UTF-8, gzip", 204, 0},
                 {"school.jsonl", "school", "JSON lines", 136, 0}};
  for (std::uint64_t line = 2; line < 9; ++line) {
    run.problems.push_back({"hotline.csv", line, "né le", "impossible date", "field emptied"});
  }
  run.problems.push_back({"shelter.tsv.gz", 44, "الاسم", "not valid UTF-8", "field emptied"});
  run.placeholders = {
      {"given_name", "unknown", 41, "means unknown"},
      {"birth_date", "20100101", 22, "1 January is 14 times as frequent as other days"},
      {"phone", "000000000", 17, "one digit repeated"},
      {"phone", "+33612345678", 9, "far more frequent than any other phone"}};
}

inline Run run() {
  Run made;
  add_records(made);
  add_model(made);
  add_reports(made);
  add_recognition(made);
  add_input(made);
  return made;
}

}  // namespace clew::report::sample
