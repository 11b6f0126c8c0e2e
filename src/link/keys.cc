#include "link/keys.h"

#include <algorithm>

#include "base/release.h"
#include "base/rng.h"
#include "base/threads.h"
#include "index/numbering.h"
#include "link/field_type.h"
#include "table/dictionary.h"
#include "table/table.h"

namespace clew::link {
namespace {

constexpr std::uint32_t kDistinctMin = 8;
constexpr const char* kWholeNamePart = "sorted_full_name";

std::string column_name(const Field& field, const std::string& part) {
  return field.spec.name + (part.empty() ? "" : ":" + part);
}

// Whether rules are given and use no part of the field but its whole, single values.
bool wants_whole_values_only(const Field& field, const std::vector<std::string>& parts,
                             const std::vector<std::string>& wanted) {
  if (wanted.empty() || !field.parts_of.empty()) return false;
  return std::none_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return !part.empty() &&
           std::find(wanted.begin(), wanted.end(), column_name(field, part)) != wanted.end();
  });
}

// The value ids themselves are the keys.
index::KeyColumn whole_value_column(const Field& field, std::size_t number,
                                    std::span<const std::uint32_t> values) {
  index::KeyColumn column;
  column.name = field.spec.name;
  column.fields = 1ULL << number;
  column.key_of_value.resize(field.values.size());
  for (std::uint32_t v = 0; v < field.values.size(); ++v) column.key_of_value[v] = v;
  column.values = values;
  column.distinct = field.values.size() - 1;
  return column;
}

// Key columns of one field, one per part. Keys of a part are numbered by first appearance over the
// values.
std::vector<index::KeyColumn> field_columns(const Field& field, std::size_t number,
                                            std::span<const std::uint32_t> values,
                                            const std::vector<std::string>& wanted) {
  const FieldType& type = field_type(field.spec.comparison);
  const std::vector<std::string> parts = type.parts(field.spec);
  if (wants_whole_values_only(field, parts, wanted))
    return {whole_value_column(field, number, values)};
  std::vector<index::KeyColumn> columns(parts.size());
  std::vector<table::Dictionary> seen(parts.size());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    columns[p].name = column_name(field, parts[p]);
    columns[p].fields = 1ULL << number;
    columns[p].key_of_value.assign(field.values.size(), 0);
    columns[p].values = values;
  }
  std::vector<KeyPart> keys;
  std::vector<std::vector<std::uint32_t>> ids(parts.size());
  for (std::uint32_t v = 1; v < field.values.size(); ++v) {
    keys.clear();
    if (const auto* single = field.parts(v)) {
      for (const std::uint32_t part : *single) type.keys(field.spec, field.key(part), keys);
    } else {
      type.keys(field.spec, field.key(v), keys);
    }
    for (auto& list : ids) list.clear();
    for (const KeyPart& key : keys) ids[key.part].push_back(seen[key.part].intern(key.text));
    for (std::size_t p = 0; p < parts.size(); ++p) {
      auto& list = ids[p];
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
      if (list.size() == 1) columns[p].key_of_value[v] = list.front();
      if (list.size() < 2) continue;
      columns[p].key_of_value[v] =
          index::KeyColumn::kSeveral | static_cast<std::uint32_t>(columns[p].lists.size());
      columns[p].lists.push_back(list);
    }
  }
  for (std::size_t p = 0; p < parts.size(); ++p) columns[p].distinct = seen[p].size() - 1;
  return columns;
}

// Given and family name in alphabetical order: meets records whose names were exchanged.
void add_whole_names(const Records& records, std::span<const std::uint32_t> order, Keys& keys) {
  int given = -1, family = -1;
  for (std::size_t f = 0; f < records.fields.size(); ++f) {
    if (records.fields[f].spec.role == Role::given_name && given < 0) given = static_cast<int>(f);
    if (records.fields[f].spec.role == Role::family_name && family < 0)
      family = static_cast<int>(f);
  }
  if (given < 0 || family < 0) return;
  const Field& g = records.fields[static_cast<std::size_t>(given)];
  const Field& s = records.fields[static_cast<std::size_t>(family)];
  index::Numbering seen(records.count() / 2);
  keys.whole_name.assign(records.count(), 0);
  for (std::uint32_t r = 0; r < records.count(); ++r) {
    const std::uint32_t original = order.empty() ? r : order[r];
    const std::uint32_t x = g.of_record[original], y = s.of_record[original];
    if (x == 0 || y == 0) continue;
    // Ids of the same text in both fields would do, but hashes of the texts need no cross table.
    std::uint64_t a = hash_bytes(g.key(x)), b = hash_bytes(s.key(y));
    if (a > b) std::swap(a, b);
    keys.whole_name[r] = seen.number(mix64(a, b));
  }
  index::KeyColumn column;
  column.name = kWholeNamePart;
  column.fields = 1ULL << given | 1ULL << family;
  column.key_of_value.resize(seen.count() + 1);
  for (std::uint32_t k = 0; k < column.key_of_value.size(); ++k) column.key_of_value[k] = k;
  column.distinct = seen.count();
  column.values = keys.whole_name;
  keys.columns.push_back(std::move(column));
}

}  // namespace

Keys make_keys(const Records& records, std::span<const std::uint32_t> order, unsigned threads,
               const std::vector<std::vector<BlockingKey>>& rules) {
  std::vector<std::string> wanted;
  for (const auto& rule : rules) {
    for (const BlockingKey& key : rule) {
      wanted.push_back(key.part == kWholeNamePart ? key.part
                       : key.part.empty()         ? key.field
                                                  : key.field + ":" + key.part);
    }
  }
  Keys keys;
  if (!order.empty()) keys.values.resize(records.fields.size());
  std::vector<std::vector<index::KeyColumn>> by_field(records.fields.size());
  parallel_for(records.fields.size(), threads, [&](std::size_t f) {
    const Field& field = records.fields[f];
    std::span<const std::uint32_t> values = field.of_record;
    if (!order.empty()) {
      keys.values[f].reserve(order.size());
      for (const std::uint32_t r : order) keys.values[f].push_back(field.of_record[r]);
      values = keys.values[f];
    }
    by_field[f] = field_columns(field, f, values, wanted);
  });
  for (auto& columns : by_field) {
    for (auto& column : columns) keys.columns.push_back(std::move(column));
  }
  if (wanted.empty() || std::find(wanted.begin(), wanted.end(), kWholeNamePart) != wanted.end()) {
    add_whole_names(records, order, keys);
  }
  return keys;
}

Result<std::vector<std::vector<std::uint32_t>>> find_rules(const Records&, Keys& keys,
                                                           const Options& options) {
  std::vector<std::vector<std::uint32_t>> rules;
  for (const auto& wanted : options.rules) {
    std::vector<std::uint32_t> rule;
    for (const BlockingKey& key : wanted) {
      const std::string name = key.part == kWholeNamePart ? key.part
                               : key.part.empty()         ? key.field
                                                          : key.field + ":" + key.part;
      const auto it = std::find_if(keys.columns.begin(), keys.columns.end(),
                                   [&](const auto& column) { return column.name == name; });
      if (it == keys.columns.end()) {
        return fail(ErrorCode::invalid_input, "blocking rule: there is no key '" + name + "'");
      }
      rule.push_back(static_cast<std::uint32_t>(it - keys.columns.begin()));
    }
    if (rule.empty() || rule.size() > 3) {
      return fail(ErrorCode::invalid_input, "a blocking rule has one to three keys");
    }
    std::sort(rule.begin(), rule.end());
    rules.push_back(std::move(rule));
  }
  if (rules.empty()) {
    std::erase_if(keys.columns, [](const auto& column) { return column.distinct < kDistinctMin; });
  }
  return rules;
}

void forget_keys(const index::Candidates& candidates, Keys& keys) {
  std::vector<bool> needed(keys.columns.size(), false);
  for (const index::Hub& hub : candidates.hubs) {
    for (const std::uint32_t k : candidates.tried[hub.rule].keys) needed[k] = true;
  }
  for (std::size_t k = 0; k < keys.columns.size(); ++k) {
    if (needed[k]) continue;
    release(keys.columns[k].key_of_value);
    release(keys.columns[k].lists);
    keys.columns[k].values = {};
  }
  for (std::size_t f = 0; f < keys.values.size(); ++f) {
    const bool used = std::any_of(
        keys.columns.begin(), keys.columns.end(),
        [&](const auto& column) { return column.values.data() == keys.values[f].data(); });
    if (!used) release(keys.values[f]);
  }
}

std::string rule_words(const Keys& keys, const index::Rule& rule) {
  std::string words;
  for (const std::uint32_t k : rule.keys) {
    words += (words.empty() ? "" : " + ") + keys.columns[k].name;
  }
  return words;
}

}  // namespace clew::link
