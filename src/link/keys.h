// Blocking keys of prepared records: which parts of which fields records may meet by.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/blocking.h"
#include "link/compare.h"
#include "link/options.h"

namespace clew::link {

// Every part of every field, and the sorted whole name, as key columns. Parts with fewer than 8
// distinct keys say too little and are left out. The columns refer to the records.
struct Keys {
  std::vector<index::KeyColumn> columns;
  std::vector<std::vector<std::uint32_t>>
      values;                             // per field, in the order asked for; empty: as they are
  std::vector<std::uint32_t> whole_name;  // value of the whole-name column, per record
};
// With an `order`, record k of the columns is record order[k] of `records`.
// With `rules`, only the columns that they need.
Keys make_keys(const Records& records, std::span<const std::uint32_t> order, unsigned threads,
               const std::vector<std::vector<BlockingKey>>& rules = {});

// The rules of the options as indices of key columns. Fails with invalid_input, naming the rule,
// when a field or a part does not exist.
Result<std::vector<std::vector<std::uint32_t>>> find_rules(const Records& records, Keys& keys,
                                                           const Options& options);

// Frees the columns that the hubs of `candidates` do not need; names stay.
void forget_keys(const index::Candidates& candidates, Keys& keys);

// "family_name + birth_date:year".
std::string rule_words(const Keys& keys, const index::Rule& rule);

}  // namespace clew::link
