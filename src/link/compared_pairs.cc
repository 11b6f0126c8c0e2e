#include "link/compared_pairs.h"

#include <algorithm>
#include <string_view>

#include "base/rng.h"
#include "link/keys.h"

namespace clew::link {
namespace {

constexpr std::string_view kBetweenKeys = " + ";

// The columns of a rule written as "phone + name:first3"; empty when one is not there.
std::vector<const index::KeyColumn*> columns_of(const Keys& keys, std::string_view rule) {
  std::vector<const index::KeyColumn*> columns;
  while (true) {
    const std::size_t end = rule.find(kBetweenKeys);
    const auto column =
        std::find_if(keys.columns.begin(), keys.columns.end(),
                     [&](const index::KeyColumn& c) { return c.name == rule.substr(0, end); });
    if (column == keys.columns.end()) return {};
    columns.push_back(&*column);
    if (end == std::string_view::npos) return columns;
    rule.remove_prefix(end + kBetweenKeys.size());
  }
}

// Appends one number for each block of the rule that the record stands in, ascending.
void blocks_of(const std::vector<const index::KeyColumn*>& columns, std::uint32_t record,
               std::vector<std::uint64_t>& blocks) {
  const std::size_t first = blocks.size();
  blocks.push_back(0);
  for (const index::KeyColumn* column : columns) {
    const std::uint32_t key = column->key_of_value[column->values[record]];
    std::span<const std::uint32_t> keys(&key, key == 0 ? 0 : 1);
    if ((key & index::KeyColumn::kSeveral) != 0) {
      keys = column->lists[key & ~index::KeyColumn::kSeveral];
    }
    std::vector<std::uint64_t> longer;
    for (std::size_t i = first; i < blocks.size(); ++i) {
      for (const std::uint32_t one : keys) longer.push_back(mix64(blocks[i], one));
    }
    blocks.resize(first);
    blocks.insert(blocks.end(), longer.begin(), longer.end());
  }
  const auto begin = blocks.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, blocks.end());
  blocks.erase(std::unique(begin, blocks.end()), blocks.end());
}

// Whether two records share a block of at most block_max records. `all` holds the blocks of all
// records, ascending.
bool share_block(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b,
                 const std::vector<std::uint64_t>& all, std::uint32_t block_max) {
  return std::any_of(a.begin(), a.end(), [&](std::uint64_t block) {
    if (!std::binary_search(b.begin(), b.end(), block)) return false;
    const auto range = std::equal_range(all.begin(), all.end(), block);
    return range.second - range.first <= static_cast<std::ptrdiff_t>(block_max);
  });
}

}  // namespace

std::vector<std::uint8_t> were_compared(const Records& records, const BlockingReport& blocking,
                                        std::span<const RecordPair> pairs, unsigned threads) {
  const Keys keys = make_keys(records, {}, threads);
  std::vector<std::uint8_t> compared(pairs.size(), 0);
  std::vector<std::uint64_t> all, a, b;
  for (const RuleReport& rule : blocking.rules) {
    const auto columns = columns_of(keys, rule.rule);
    if (columns.empty()) continue;
    all.clear();
    for (std::uint32_t r = 0; r < records.count(); ++r) blocks_of(columns, r, all);
    std::sort(all.begin(), all.end());
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      if (compared[p] != 0) continue;
      a.clear();
      b.clear();
      blocks_of(columns, pairs[p].first, a);
      blocks_of(columns, pairs[p].second, b);
      compared[p] = share_block(a, b, all, blocking.block_max) ? 1 : 0;
    }
  }
  return compared;
}

}  // namespace clew::link
