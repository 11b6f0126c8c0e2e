// Blocking: which records are worth comparing, as blocks of records that share keys.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"

namespace clew::index {

// One key per record: `key_of_value[value]` for the value `values[record]` of a field; 0 = no key.
// A value with several keys (two phones, an interval of years) has kSeveral set and the rest is an
// index into `lists`.
struct KeyColumn {
  static constexpr std::uint32_t kSeveral = 0x80000000U;
  std::string name;          // "birth_date:year"
  std::uint64_t fields = 0;  // bit per field that the key is made of
  std::vector<std::uint32_t> key_of_value;
  std::vector<std::vector<std::uint32_t>> lists;
  std::span<const std::uint32_t> values;  // per record; outlives the column
  std::uint32_t distinct = 0;
};

// A rule: records that agree on all of its keys meet. At most three keys.
struct Rule {
  std::vector<std::uint32_t> keys;  // indices of key columns, ascending
  std::uint64_t fields = 0;         // union of the keys' fields
  std::uint64_t pairs = 0;          // pairs inside its blocks, duplicates across rules included
  std::uint64_t blocks = 0;
  std::uint64_t hub_records = 0;  // records in blocks larger than allowed
  std::uint64_t largest_block = 0;
  std::uint32_t first_block = 0;  // its blocks are [first_block, first_block + blocks)
};

// A block too large to compare whole, for the report.
struct Hub {
  std::uint32_t rule = 0;  // index into Candidates::tried
  std::uint64_t records = 0;
  std::vector<std::uint32_t> sample;  // up to 64 of its records, evenly spread
};

struct BlockingOptions {
  std::uint32_t block_max = 50;
  unsigned keys_max = 3;
  bool deepen = true;  // combine keys where blocks are too large; false: only `given` rules
  // How likely two records are one, in [0, 1], by a rough model: combinations are chosen by the
  // likely pairs that they add. Empty: every combination is used.
  std::function<double(std::uint32_t, std::uint32_t)> likely;
  double pairs_max = 1e18;  // of the chosen combinations, duplicates included
  std::vector<std::vector<std::uint32_t>>
      given;  // rules to use as they are (indices of key columns)
  std::uint64_t memberships_max =
      0;  // 0: no limit; otherwise rules that do not fit are left out and said so
};

// Candidate pairs, never materialised: for every record the blocks it stands in.
class Candidates {
 public:
  static constexpr std::uint32_t kRecordsMax = 0x7FFFFFFFU;
  std::vector<Rule> rules;       // those that gave pairs
  std::vector<Rule> tried;       // all, for the report: hubs under each rule
  std::vector<Hub> hubs;         // the largest, at most 20
  std::uint64_t left_out = 0;    // rules that did not fit into the memory allowed
  std::uint64_t considered = 0;  // combinations looked at
  std::uint32_t records = 0;

  std::uint32_t block_count() const { return static_cast<std::uint32_t>(block_begin_.size() - 1); }
  // Copies the members of a block, ascending.
  void block(std::uint32_t b, std::vector<std::uint32_t>& out) const;
  std::uint64_t memberships() const { return members_.size(); }

  // Whether records a < b stand together in a block.
  bool meet(std::uint32_t a, std::uint32_t b) const;

  // Frees what pairs are made from; the report on rules and hubs stays.
  void forget_pairs();

  // Appends the partners b > a of record a to `out`, each once, in a fixed order. `seen` has one
  // entry per record, belongs to the calling thread, and is only ever used here (start with all
  // entries ~0).
  void partners(std::uint32_t a, std::vector<std::uint32_t>& seen,
                std::vector<std::uint32_t>& out) const;

 private:
  friend class Blocker;
  static constexpr std::uint32_t kLast = 0x80000000U;  // marks the last member of a block
  std::vector<std::uint32_t> members_;                 // block after block, ascending within
  std::vector<std::uint32_t> block_begin_{0};
  std::vector<std::uint32_t>
      places_;  // per record: where it stands in members_, but for last places
  std::vector<std::uint32_t> record_begin_;  // into places_
};

// Single keys first; a block of at most block_max records yields all its pairs. Combinations of two
// (three) keys of different fields follow, only for records that stood in a larger block under
// every sub-combination. So rare values block alone, common ones in combination, and the cost stays
// bounded. Reference: doc/math/blocking.md.
Candidates block(std::span<const KeyColumn> columns, std::uint32_t records,
                 const BlockingOptions& options, const Progress& progress);

}  // namespace clew::index
