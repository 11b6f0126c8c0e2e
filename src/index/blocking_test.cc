#include "index/blocking.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/rng.h"

namespace clew::index {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;
using KeyLists = std::vector<std::vector<std::uint32_t>>;  // per record, its keys under one column

// A column over `keys`, and the values its span points to.
struct TestColumn {
  std::vector<std::uint32_t> values;
  KeyColumn column;
};

// Keys start at 1. Each record has a value of its own, so that lists can be anything.
void fill(TestColumn& out, const KeyLists& keys, std::uint64_t fields) {
  out.column.fields = fields;
  for (std::uint32_t r = 0; r < keys.size(); ++r) {
    out.values.push_back(r);
    if (keys[r].size() > 1) {
      out.column.key_of_value.push_back(KeyColumn::kSeveral |
                                        static_cast<std::uint32_t>(out.column.lists.size()));
      out.column.lists.push_back(keys[r]);
    } else {
      out.column.key_of_value.push_back(keys[r].empty() ? 0 : keys[r].front());
    }
    for (const std::uint32_t key : keys[r]) {
      out.column.distinct = std::max(out.column.distinct, key);
    }
  }
  out.column.values = out.values;
}

struct Blocks {
  explicit Blocks(const std::vector<KeyLists>& keys) : tables(keys.size()) {
    for (std::size_t c = 0; c < keys.size(); ++c) {
      fill(tables[c], keys[c], 1ULL << c);
      columns.push_back(tables[c].column);
    }
    records = static_cast<std::uint32_t>(keys.at(0).size());
  }
  Candidates block(const BlockingOptions& options) const {
    return index::block(columns, records, options, {});
  }
  std::vector<TestColumn> tables;
  std::vector<KeyColumn> columns;
  std::uint32_t records = 0;
};

// All candidate pairs in the order in which they come.
std::vector<Pair> pairs_of(const Candidates& candidates) {
  std::vector<Pair> pairs;
  std::vector<std::uint32_t> seen(candidates.records, ~0U), partners;
  for (std::uint32_t a = 0; a < candidates.records; ++a) {
    partners.clear();
    candidates.partners(a, seen, partners);
    for (const std::uint32_t b : partners) pairs.emplace_back(a, b);
  }
  return pairs;
}

std::set<Pair> set_of(const Candidates& candidates) {
  const auto pairs = pairs_of(candidates);
  return {pairs.begin(), pairs.end()};
}

// Slow twin of block() without `likely`: sets of records by what they share, rule by rule.
class SlowBlocker {
 public:
  SlowBlocker(const std::vector<KeyLists>& keys, const BlockingOptions& options)
      : keys_(keys), options_(options) {}

  std::set<Pair> run() {
    const auto n = static_cast<std::uint32_t>(keys_.size());
    for (std::uint32_t a = 0; a < n; ++a) try_rule({a});
    for (std::uint32_t a = 0; a < n && options_.keys_max > 1; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) try_rule({a, b});
    }
    for (std::uint32_t a = 0; a < n && options_.keys_max > 2; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) {
        for (std::uint32_t c = b + 1; c < n; ++c) try_rule({a, b, c});
      }
    }
    return pairs_;
  }

 private:
  using Rule = std::vector<std::uint32_t>;

  // Only records that stood in a block too large under every part of the rule.
  bool may_meet(const Rule& rule, std::uint32_t record) {
    if (rule.size() == 1) return true;
    for (const std::uint32_t skip : rule) {
      Rule part;
      for (const std::uint32_t k : rule) {
        if (k != skip) part.push_back(k);
      }
      if (large_[part].count(record) == 0) return false;
    }
    return true;
  }

  // Every way to take one key of each column.
  static std::vector<Rule> tuples(const std::vector<KeyLists>& keys, const Rule& rule,
                                  std::uint32_t record) {
    std::vector<Rule> found{{}};
    for (const std::uint32_t k : rule) {
      std::vector<Rule> longer;
      for (const Rule& begun : found) {
        for (const std::uint32_t key : keys[k][record]) {
          longer.push_back(begun);
          longer.back().push_back(key);
        }
      }
      found = longer;
    }
    return found;
  }

  void try_rule(const Rule& rule) {
    std::map<Rule, std::set<std::uint32_t>> blocks;
    for (std::uint32_t r = 0; r < keys_[0].size(); ++r) {
      if (!may_meet(rule, r)) continue;
      for (const Rule& tuple : tuples(keys_, rule, r)) blocks[tuple].insert(r);
    }
    for (const auto& [tuple, members] : blocks) {
      if (members.size() > options_.block_max) {
        large_[rule].insert(members.begin(), members.end());
        continue;
      }
      for (const std::uint32_t a : members) {
        for (const std::uint32_t b : members) {
          if (a < b) pairs_.insert({a, b});
        }
      }
    }
  }

  const std::vector<KeyLists>& keys_;
  const BlockingOptions& options_;
  std::map<Rule, std::set<std::uint32_t>> large_;
  std::set<Pair> pairs_;
};

std::vector<KeyLists> random_keys(std::uint64_t seed, std::uint32_t records) {
  Rng rng(seed);
  std::vector<KeyLists> keys(2 + rng.below(3), KeyLists(records));
  for (KeyLists& column : keys) {
    const std::uint32_t distinct = 1 + rng.below(12);
    for (auto& of_record : column) {
      for (std::uint32_t k = rng.below(10) == 0 ? 2 + rng.below(2) : rng.below(6) != 0; k > 0;
           --k) {
        of_record.push_back(1 + rng.below(distinct));
      }
      std::sort(of_record.begin(), of_record.end());
      of_record.erase(std::unique(of_record.begin(), of_record.end()), of_record.end());
    }
  }
  return keys;
}

TEST(BlockingTest, EqualsItsTwin) {
  EXPECT_TRUE(rc::check("candidates are those of the slow twin", [] {
    const auto keys = random_keys(*rc::gen::inRange<std::uint64_t>(0, 1U << 30),
                                  *rc::gen::inRange<std::uint32_t>(2, 150));
    BlockingOptions options;
    options.block_max = *rc::gen::inRange<std::uint32_t>(2, 9);
    options.keys_max = *rc::gen::inRange(1U, 4U);
    const Candidates candidates = Blocks(keys).block(options);
    RC_ASSERT(set_of(candidates) == SlowBlocker(keys, options).run());
  }));
}

TEST(BlockingTest, GivesEachPairOnceLowerRecordFirst) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto keys = random_keys(seed, 120);
    const auto pairs = pairs_of(Blocks(keys).block({}));
    EXPECT_TRUE(std::all_of(pairs.begin(), pairs.end(), [](Pair p) { return p.first < p.second; }));
    const std::set<Pair> distinct(pairs.begin(), pairs.end());
    EXPECT_EQ(distinct.size(), pairs.size());
  }
}

TEST(BlockingTest, FindsEveryPairOfABlockThatFits) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto keys = random_keys(seed, 100);
    BlockingOptions options;
    options.block_max = 12;
    const auto found = set_of(Blocks(keys).block(options));
    for (const KeyLists& column : keys) {
      std::map<std::uint32_t, std::vector<std::uint32_t>> blocks;
      for (std::uint32_t r = 0; r < column.size(); ++r) {
        for (const std::uint32_t key : column[r]) blocks[key].push_back(r);
      }
      for (const auto& [key, members] : blocks) {
        if (members.size() > options.block_max) continue;
        for (std::size_t i = 0; i < members.size(); ++i) {
          for (std::size_t j = i + 1; j < members.size(); ++j) {
            ASSERT_EQ(found.count({members[i], members[j]}), 1U);
          }
        }
      }
    }
  }
}

// 40 records with one key, in two groups of another column that fit.
std::vector<KeyLists> a_hub() {
  std::vector<KeyLists> keys(2, KeyLists(40));
  for (std::uint32_t r = 0; r < 40; ++r) {
    keys[0][r] = {1};
    keys[1][r] = {1 + r / 4};
  }
  return keys;
}

TEST(BlockingTest, ComparesNoBlockWholeThatIsTooLarge) {
  BlockingOptions options;
  options.block_max = 10;
  const Candidates candidates = Blocks(a_hub()).block(options);
  for (const Pair& pair : pairs_of(candidates)) EXPECT_EQ(pair.first / 4, pair.second / 4);
  EXPECT_EQ(pairs_of(candidates).size(), 10U * 6);
}

TEST(BlockingTest, ReportsHubsTheLargestFirst) {
  auto keys = a_hub();
  for (std::uint32_t r = 0; r < 15; ++r) keys[1][r] = {99};
  BlockingOptions options;
  options.block_max = 10;
  const Candidates candidates = Blocks(keys).block(options);
  ASSERT_GE(candidates.hubs.size(), 2U);
  EXPECT_EQ(candidates.hubs[0].records, 40U);
  EXPECT_EQ(candidates.tried[candidates.hubs[0].rule].keys, std::vector<std::uint32_t>{0});
  EXPECT_EQ(candidates.tried[candidates.hubs[0].rule].hub_records, 40U);
  EXPECT_EQ(candidates.tried[candidates.hubs[0].rule].largest_block, 40U);
  EXPECT_EQ(candidates.hubs[1].records, 15U);
  EXPECT_EQ(candidates.tried[candidates.hubs[1].rule].keys, std::vector<std::uint32_t>{1});
}

TEST(BlockingTest, CombinesKeysOnlyWhereBlocksAreTooLarge) {
  std::vector<KeyLists> keys(2, KeyLists(24));
  for (std::uint32_t r = 0; r < 24; ++r) {
    keys[0][r] = {1 + r % 2};  // two blocks of twelve
    keys[1][r] = {1 + r / 12};
  }
  BlockingOptions options;
  options.block_max = 6;
  const Candidates deep = Blocks(keys).block(options);
  EXPECT_EQ(pairs_of(deep).size(), 4U * 15);  // four blocks of six
  options.keys_max = 1;
  EXPECT_TRUE(pairs_of(Blocks(keys).block(options)).empty());
  options.keys_max = 2;
  options.block_max = 12;
  EXPECT_EQ(Blocks(keys).block(options).tried.size(), 2U);
}

TEST(BlockingTest, NeverCombinesTwoKeysOfOneField) {
  Blocks blocks(a_hub());
  blocks.columns[1].fields = blocks.columns[0].fields;
  for (std::uint32_t& key : blocks.columns[1].key_of_value) key = 1 + key % 2;
  BlockingOptions options;
  options.block_max = 10;
  EXPECT_EQ(blocks.block(options).tried.size(), 2U);
}

TEST(BlockingTest, MeetsRecordsThatShareOneOfSeveralKeys) {
  const std::vector<KeyLists> keys = {{{1, 2}, {2, 3}, {3}, {4}, {}}};
  const Candidates candidates = Blocks(keys).block({});
  EXPECT_EQ(set_of(candidates), (std::set<Pair>{{0, 1}, {1, 2}}));
}

TEST(BlockingTest, UsesGivenRulesAsTheyAre) {
  std::vector<KeyLists> keys(2, KeyLists(6));
  keys[0] = {{1}, {1}, {1}, {2}, {2}, {2}};
  keys[1] = {{1}, {1}, {2}, {2}, {3}, {3}};
  BlockingOptions options;
  options.given = {{0, 1}};
  options.deepen = false;
  EXPECT_EQ(set_of(Blocks(keys).block(options)), (std::set<Pair>{{0, 1}, {4, 5}}));
}

TEST(BlockingTest, SplitsTheHubsOfGivenRulesByFurtherKeys) {
  BlockingOptions options;
  options.given = {{0}};
  options.block_max = 10;
  EXPECT_EQ(pairs_of(Blocks(a_hub()).block(options)).size(), 10U * 6);
  options.deepen = false;
  EXPECT_TRUE(pairs_of(Blocks(a_hub()).block(options)).empty());
}

TEST(BlockingTest, CountsThePairsOfEveryRule) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Candidates candidates = Blocks(random_keys(seed, 90)).block({});
    std::vector<std::uint32_t> members;
    for (const Rule& rule : candidates.rules) {
      std::uint64_t pairs = 0;
      for (std::uint64_t b = rule.first_block; b < rule.first_block + rule.blocks; ++b) {
        candidates.block(static_cast<std::uint32_t>(b), members);
        ASSERT_TRUE(std::is_sorted(members.begin(), members.end()));
        pairs += members.size() * (members.size() - 1) / 2;
      }
      ASSERT_EQ(pairs, rule.pairs);
    }
  }
}

TEST(BlockingTest, LeavesOutRulesThatDoNotFitAndSaysSo) {
  std::vector<KeyLists> keys(2, KeyLists(20));
  for (std::uint32_t r = 0; r < 20; ++r) {
    keys[0][r] = {1 + r / 2};
    keys[1][r] = {1 + r / 5};
  }
  BlockingOptions options;
  options.memberships_max = 25;
  const Candidates candidates = Blocks(keys).block(options);
  EXPECT_EQ(candidates.left_out, 1U);
  EXPECT_EQ(candidates.rules.size(), 1U);
  EXPECT_LE(candidates.memberships(), 25U);
  EXPECT_EQ(pairs_of(candidates).size(), 10U);
}

// With a judge of pairs, combinations that add likely pairs are used and those that add none are
// not.
TEST(BlockingTest, ChoosesCombinationsThatAddLikelyPairs) {
  constexpr std::uint32_t kRecords = 2000;
  std::vector<KeyLists> keys(3, KeyLists(kRecords));
  Rng rng(5);
  for (std::uint32_t r = 0; r < kRecords; ++r) {
    keys[0][r] = {1 + r / 2 % 40};  // both records of a person agree on the first two
    keys[1][r] = {1 + r / 2 / 40};
    keys[2][r] = {1 + rng.below(40)};  // says nothing
  }
  BlockingOptions options;
  options.block_max = 20;
  options.keys_max = 2;
  options.likely = [](std::uint32_t a, std::uint32_t b) { return a / 2 == b / 2 ? 1.0 : 0.0; };
  const Candidates candidates = Blocks(keys).block(options);
  ASSERT_EQ(candidates.rules.size(), 1U);
  EXPECT_EQ(candidates.rules[0].keys, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(candidates.considered, 3U);
  const auto found = set_of(candidates);
  for (std::uint32_t r = 0; r < kRecords; r += 2) EXPECT_EQ(found.count({r, r + 1}), 1U);
}

}  // namespace
}  // namespace clew::index
