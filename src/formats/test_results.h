// A made-up result of a linking run that has something in every corner, for the tests of formats/.
#pragma once

#include <string>

#include "formats/link_folder.h"

namespace clew::formats {

inline link::Field test_field() {
  link::Field field;
  field.spec = {"phone", link::Role::phone, link::Comparison::edits, {0.9, 0.7}, true, false};
  const std::string joined = std::string("+331") + table::kListSeparator + "+332";
  field.values.intern("+331");
  field.values.intern("+332");
  field.values.intern(joined);
  field.keys = {"", "", "k\xC3\xA9y", ""};
  field.parts_of = {0, 0, 0, 1};
  field.part_lists = {{}, {1, 2}};
  field.of_record = {1, 3, 0, 2, 2};
  return field;
}

inline link::Records test_records() {
  link::Records records;
  records.fields = {test_field()};
  records.sources = {"hotline, north", "shelter"};
  records.source = {0, 0, 0, 1, 1};
  for (const char* id : {"b", "a \"x\"", "c,d", "b"}) records.id.push_back(records.ids.intern(id));
  records.id.push_back(records.ids.intern("line\nend"));
  records.source_is_unique = {0, 1};
  records.has_ids = true;
  records.truth = {1, 1, 0, 1, 2};
  records.truth_labels.intern("X");
  records.truth_labels.intern("Y");
  return records;
}

inline link::Outcome test_outcome() {
  link::Outcome outcome;
  outcome.entity = {0, 0, 2, 0, 4};
  outcome.edges = {{0, 1, 12.5, link::Decision::linked},
                   {0, 2, -9.25, link::Decision::apart},
                   {0, 3, -8.0, link::Decision::linked},
                   {1, 4, 0.1, link::Decision::review}};
  outcome.merges = {{0, 1, 12.5}, {0, 3, 1.0 / 3}};
  outcome.blocking.rules = {{"phone + name:first3", 10, 4, 2, 3}};
  outcome.blocking.hubs = {{"phone", 300000, 12345678901ULL, 0.5}};
  outcome.blocking.block_max = 50;
  outcome.blocking.pairs_compared = 9;
  outcome.blocking.pairs_possible = 10;
  outcome.blocking.matches_expected = 3.5;
  outcome.blocking.matches_lost = 0.25;
  outcome.estimates = {0.01, 0.02, 3, -1.25};
  outcome.scores = {{0, 0.5, 7}, {0.5, 1, 2}};
  outcome.warnings = {"nothing is wrong: this is a test"};
  return outcome;
}

inline Provenance test_provenance() {
  return {{"data/hotline.csv", "-"}, "id|record", "", "person"};
}

}  // namespace clew::formats
