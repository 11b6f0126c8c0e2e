// Explanation: why two records are or are not one, as data; report/ draws it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace clew::link {

enum class TermKind : std::uint8_t {
  prior,
  agreement,
  difference,
  missing,
  frequency,
  dependence,
  relative,
  source_pair
};

// One summand. `words` is a sentence for a caseworker ("family names are equal", "birth dates
// differ by one digit", "rare: 3 of 50,578 records carry this name"); it never quotes the values
// themselves.
struct Term {
  TermKind kind = TermKind::agreement;
  std::string field;  // empty for prior, relative, source_pair
  std::string level;  // "equal", "close (Jaro-Winkler >= .92)", "swapped" ...
  std::string words;
  std::string value_a;  // canonical values, personal: masked by the renderer unless asked for
  std::string value_b;
  double bits = 0;
};

struct Reason {
  std::string rule;       // blocking rule in words: "family_name + birth_date:year-month"
  bool together = false;  // the rule brought the two records together
  std::string words;      // why, or why not: "the block holds 1,204 records, more than 50"
};

enum class Decision : std::uint8_t { linked, review, apart };

// terms add up to total_bits within 1e-9; probability = 1 / (1 + 2^-total_bits).
struct Explanation {
  std::string record_a;  // "source:record_id"
  std::string record_b;
  std::vector<Term> terms;
  double total_bits = 0;
  double probability = 0;
  std::vector<Reason> blocking;  // rules that brought them together; if none, why not
  Decision decision = Decision::apart;
  std::vector<std::string> clustering;  // what decided: sentences, in order
};

// One step in the building of an entity: two groups of records became one.
struct MergeStep {
  std::vector<std::string> records_a;  // "source:record_id"
  std::vector<std::string> records_b;
  double bits = 0;  // score of the merge (field-mean linkage), prior included
  double probability = 0;
  std::vector<Term> terms;  // mean evidence per field over the pairs across; adds up to bits
};

struct EntityExplanation {
  std::string entity;
  std::vector<std::string> records;
  std::vector<MergeStep> steps;  // in the order in which they were made, strongest first
  std::string weakest;           // a sentence: what would split it
  std::vector<std::string>
      nearest;  // sentences on the nearest other entities and why they stayed apart
};

}  // namespace clew::link
