#include "index/blocking.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "base/check.h"
#include "base/release.h"
#include "base/rng.h"
#include "index/radix.h"

namespace clew::index {
namespace {

constexpr std::size_t kHubsReported = 20;
constexpr std::size_t kHubSample = 64;
constexpr std::size_t kColumnsMax = 64;             // of a choice: keys agreed on are one word
constexpr std::uint32_t kSampleRecords = 1U << 16;  // records looked at to judge one combination
constexpr std::size_t kSamplePairs = 400;           // ... and pairs
constexpr double kLikely = 0.3;                     // pairs from here on are worth finding
constexpr double kGainMin = 2e-4;        // a combination must add this share of the likely pairs
constexpr std::size_t kWiderMax = 400;   // combinations of three that are looked at
constexpr std::uint32_t kHashBits = 22;  // slots of the table that drops records which meet nobody

std::uint32_t hash32(std::uint64_t h) { return static_cast<std::uint32_t>(mix64(h) >> 32); }

// The keys of one record under one column, as a span over a list or over `one`.
std::span<const std::uint32_t> keys_of(const KeyColumn& column, std::uint32_t record,
                                       std::uint32_t& one) {
  one = column.key_of_value[column.values[record]];
  if (one == 0) return {};
  if ((one & KeyColumn::kSeveral) == 0) return {&one, 1};
  return column.lists[one & ~KeyColumn::kSeveral];
}

}  // namespace

void Candidates::block(std::uint32_t b, std::vector<std::uint32_t>& out) const {
  out.assign(members_.begin() + block_begin_[b], members_.begin() + block_begin_[b + 1]);
  out.back() &= ~kLast;
}

bool Candidates::meet(std::uint32_t a, std::uint32_t b) const {
  for (std::uint32_t p = record_begin_[a]; p < record_begin_[a + 1]; ++p) {
    const std::uint32_t* at = members_.data() + places_[p];
    bool last = false;
    while (!last) {
      const std::uint32_t word = *++at;
      last = (word & kLast) != 0;
      if ((word & ~kLast) == b) return true;
    }
  }
  return false;
}

void Candidates::forget_pairs() {
  release(members_);
  release(places_);
  release(record_begin_);
  block_begin_ = {0};
}

void Candidates::partners(std::uint32_t a, std::vector<std::uint32_t>& seen,
                          std::vector<std::uint32_t>& out) const {
  for (std::uint32_t p = record_begin_[a]; p < record_begin_[a + 1]; ++p) {
    const std::uint32_t* at = members_.data() + places_[p];
    bool last = false;
    while (!last) {  // members ascend, so the rest of the block is above a
      const std::uint32_t word = *++at;
      last = (word & kLast) != 0;
      const std::uint32_t b = word & ~kLast;
      if (seen[b] == a) continue;
      seen[b] = a;
      out.push_back(b);
    }
  }
}

// Builds the candidates rule by rule; keeps for every combination which records stood in large
// blocks.
class Blocker {
 public:
  Blocker(std::span<const KeyColumn> columns, std::uint32_t records, const BlockingOptions& options)
      : columns_(columns), options_(options) {
    out_.records = records;
  }

  Candidates run(const Progress& progress) {
    if (options_.given.empty()) {
      deepen(progress);
    } else {
      for (const auto& keys : options_.given) apply(keys, true);
      if (options_.deepen) split_given_hubs(progress);
    }
    index_by_record();
    return std::move(out_);
  }

 private:
  using Bits = std::vector<std::uint64_t>;

  using Keys = std::vector<std::uint32_t>;

  void deepen(const Progress& progress) {
    std::vector<Keys> level;
    for (std::uint32_t k = 0; k < columns_.size(); ++k) level.push_back({k});
    const bool choosing = options_.likely && columns_.size() <= kColumnsMax;
    if (choosing) count_keys();
    for (unsigned depth = 1; depth <= options_.keys_max && !level.empty(); ++depth) {
      if (depth > 1 && choosing) level = choose(level, progress);
      std::vector<Keys> hubs;
      std::uint64_t done = 0;
      for (const auto& keys : level) {
        if (progress) progress("blocking", done++, level.size());
        if (apply(keys, depth < options_.keys_max)) hubs.push_back(keys);
      }
      level = choosing && depth > 1 ? extend_chosen(hubs) : extend(hubs);
    }
  }

  // How many records have each key of each column.
  void count_keys() {
    key_counts_.resize(columns_.size());
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      key_counts_[k].assign(columns_[k].distinct + 1, 0);
      for (std::uint32_t r = 0; r < out_.records; ++r) {
        std::uint32_t one = 0;
        for (const std::uint32_t key : keys_of(columns_[k], r, one)) ++key_counts_[k][key];
      }
    }
  }

  // Per column the records whose key is in the sample. Whole blocks stay together, since a block
  // has one key.
  void sample_columns() {
    while ((out_.records >> halvings_) > kSampleRecords) ++halvings_;
    const std::uint32_t mask = (1U << halvings_) - 1;
    sampled_.assign(columns_.size(), {});
    for (std::uint32_t k = 0; k < columns_.size(); ++k) {
      if (large_.count({k}) == 0) continue;
      for (std::uint32_t r = 0; r < out_.records; ++r) {
        std::uint32_t one = 0;
        const auto found = keys_of(columns_[k], r, one);
        if (std::any_of(found.begin(), found.end(),
                        [&](std::uint32_t key) { return (hash32(key + 1) & mask) == 0; })) {
          sampled_[k].push_back(r);
        }
      }
    }
  }

  // As collect(), but only records in the sample of column `by`.
  void collect_sample(const Keys& keys, std::uint32_t by) {
    words_.clear();
    const auto limits = restrictions(keys);
    for (const std::uint32_t record : sampled_[by]) {
      const bool may_meet = std::all_of(limits.begin(), limits.end(), [&](const Bits* bits) {
        return ((*bits)[record / 64] >> (record % 64) & 1) != 0;
      });
      if (may_meet) emit(keys, 0, record, 0);
    }
  }

  // A key on which both records agree, 0 = none.
  std::uint32_t shared_key(std::uint32_t k, std::uint32_t a, std::uint32_t b) const {
    std::uint32_t one_a = 0, one_b = 0;
    const auto as = keys_of(columns_[k], a, one_a);
    const auto bs = keys_of(columns_[k], b, one_b);
    for (const std::uint32_t x : as) {
      for (const std::uint32_t y : bs) {
        if (x == y) return x;
      }
    }
    return 0;
  }

  // A likely pair: the keys it agrees on, how common those are, and its weight in the choice.
  struct Likely {
    std::uint32_t a, b;
    std::uint64_t agreed = 0;
    double weight = 1;
    std::array<float, kColumnsMax> share;  // of the records, per agreed key
  };

  // Whether the pair would stand in one block of at most block_max under `keys`, as far as shares
  // tell.
  bool would_meet(const Likely& pair, const Keys& keys) const {
    double expected = out_.records;
    for (const std::uint32_t k : keys) {
      if ((pair.agreed >> k & 1) == 0) return false;
      expected *= static_cast<double>(pair.share[k]);
    }
    return expected + 2 <= options_.block_max;
  }

  bool meets_already(const Likely& pair) const {
    return std::any_of(out_.rules.begin(), out_.rules.end(),
                       [&](const Rule& rule) { return would_meet(pair, rule.keys); });
  }

  // Pairs of one combination, from a sample of its blocks; returns how many pairs it has in all.
  double sample_pairs(const Keys& keys, std::vector<std::uint64_t>& out) {
    const std::uint32_t finest = *std::max_element(keys.begin(), keys.end(), [&](auto x, auto y) {
      return columns_[x].distinct < columns_[y].distinct;
    });
    collect_sample(keys, finest);
    sort_by_upper_half(words_, scratch_);
    std::vector<std::uint64_t> pairs;
    for (std::size_t begin = 0; begin < words_.size();) {
      std::size_t end = begin + 1;
      while (end < words_.size() && (words_[end] >> 32) == (words_[begin] >> 32)) ++end;
      if (end - begin <= options_.block_max) {
        for (std::size_t i = begin; i < end; ++i) {
          for (std::size_t j = i + 1; j < end; ++j) {
            pairs.push_back((words_[i] & 0xFFFFFFFFU) << 32 | (words_[j] & 0xFFFFFFFFU));
          }
        }
      }
      begin = end;
    }
    const double all = static_cast<double>(pairs.size()) * static_cast<double>(1U << halvings_);
    const auto by_hash = [](std::uint64_t x, std::uint64_t y) { return mix64(x) < mix64(y); };
    if (pairs.size() > kSamplePairs) {
      std::nth_element(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kSamplePairs),
                       pairs.end(), by_hash);
      pairs.resize(kSamplePairs);
    }
    out.insert(out.end(), pairs.begin(), pairs.end());
    return all;
  }

  std::vector<Likely> likely_pairs(std::vector<std::uint64_t>& sampled) const {
    std::sort(sampled.begin(), sampled.end());
    sampled.erase(std::unique(sampled.begin(), sampled.end()), sampled.end());
    std::vector<Likely> found;
    for (const std::uint64_t word : sampled) {
      Likely pair{
          static_cast<std::uint32_t>(word >> 32), static_cast<std::uint32_t>(word), 0, 1, {}};
      if (pair.a == pair.b || options_.likely(pair.a, pair.b) < kLikely) continue;
      for (std::uint32_t k = 0; k < columns_.size(); ++k) {
        const std::uint32_t key = shared_key(k, pair.a, pair.b);
        if (key == 0) continue;
        pair.agreed |= 1ULL << k;
        pair.share[k] = static_cast<float>(key_counts_[k][key]) / static_cast<float>(out_.records);
      }
      if (!meets_already(pair)) found.push_back(pair);
    }
    return found;
  }

  // The combinations worth using: greedily those that add most likely pairs for their cost. A pair
  // that many combinations find was also likelier to be sampled; its weight makes up for that.
  std::vector<Keys> choose(const std::vector<Keys>& combinations, const Progress& progress) {
    out_.considered += combinations.size();
    if (sampled_.empty()) sample_columns();
    std::vector<double> cost(combinations.size());
    std::vector<std::uint64_t> sampled;
    for (std::size_t c = 0; c < combinations.size(); ++c) {
      if (progress) progress("choosing rules", c, combinations.size());
      cost[c] = sample_pairs(combinations[c], sampled);
    }
    std::vector<Likely> pairs = likely_pairs(sampled);
    std::vector<std::vector<std::uint32_t>> finds(combinations.size());
    double total = 0;
    for (std::uint32_t p = 0; p < pairs.size(); ++p) {
      double chance = 1e-9;
      for (std::size_t c = 0; c < combinations.size(); ++c) {
        if (!would_meet(pairs[p], combinations[c])) continue;
        finds[c].push_back(p);
        chance += std::min(1.0, kSamplePairs / std::max(1.0, cost[c]));
      }
      pairs[p].weight = chance < 1e-8 ? 0 : 1 / std::min(1.0, chance);
      total += pairs[p].weight;
    }
    return choose_greedily(combinations, cost, finds, pairs, total);
  }

  std::vector<Keys> choose_greedily(const std::vector<Keys>& combinations,
                                    const std::vector<double>& cost,
                                    const std::vector<std::vector<std::uint32_t>>& finds,
                                    std::vector<Likely>& pairs, double total) {
    std::vector<Keys> chosen;
    std::vector<bool> used(combinations.size(), false);
    const double fixed_cost = 0.1 * out_.records;
    while (true) {
      std::size_t best = combinations.size();
      double best_score = 0;
      for (std::size_t c = 0; c < combinations.size(); ++c) {
        if (used[c]) continue;
        double gain = 0;
        for (const std::uint32_t p : finds[c]) gain += pairs[p].weight;
        if (gain < kGainMin * total || spent_ + cost[c] > options_.pairs_max) continue;
        const double score = gain / (cost[c] + fixed_cost);
        if (score > best_score) {
          best_score = score;
          best = c;
        }
      }
      if (best == combinations.size()) break;
      used[best] = true;
      spent_ += cost[best];
      chosen.push_back(combinations[best]);
      for (const std::uint32_t p : finds[best]) pairs[p].weight = 0;
    }
    return chosen;
  }

  // Wider combinations of chosen rules that still have large blocks.
  std::vector<Keys> extend_chosen(const std::vector<Keys>& hubs) const {
    std::vector<Keys> wider;
    for (const auto& keys : hubs) {
      for (std::uint32_t k = 0; k < columns_.size(); ++k) {
        if (!compatible(keys, k) || large_.count({k}) == 0) continue;
        auto more = keys;
        more.push_back(k);
        std::sort(more.begin(), more.end());
        wider.push_back(std::move(more));
      }
    }
    std::sort(wider.begin(), wider.end());
    wider.erase(std::unique(wider.begin(), wider.end()), wider.end());
    if (wider.size() > kWiderMax) wider.clear();  // a file for which two keys must do
    return wider;
  }

  // Given rules with blocks too large are split by every further key.
  void split_given_hubs(const Progress& progress) {
    std::vector<std::vector<std::uint32_t>> more;
    for (const auto& keys : options_.given) {
      if (large_.count(keys) == 0 || keys.size() >= 3) continue;
      for (std::uint32_t k = 0; k < columns_.size(); ++k) {
        auto wider = keys;
        wider.push_back(k);
        std::sort(wider.begin(), wider.end());
        if (compatible(keys, k)) more.push_back(wider);
      }
    }
    std::sort(more.begin(), more.end());
    more.erase(std::unique(more.begin(), more.end()), more.end());
    std::uint64_t done = 0;
    for (const auto& keys : more) {
      if (progress) progress("splitting hubs", done++, more.size());
      apply(keys, false);
    }
  }

  bool compatible(const std::vector<std::uint32_t>& keys, std::uint32_t k) const {
    return std::all_of(keys.begin(), keys.end(), [&](std::uint32_t other) {
      return other != k && (columns_[other].fields & columns_[k].fields) == 0;
    });
  }

  std::vector<std::vector<std::uint32_t>> extend(
      const std::vector<std::vector<std::uint32_t>>& hubs) const {
    std::vector<std::vector<std::uint32_t>> wider;
    for (const auto& keys : hubs) {
      for (std::uint32_t k = keys.back() + 1; k < columns_.size(); ++k) {
        if (!compatible(keys, k)) continue;
        auto more = keys;
        more.push_back(k);
        if (large_in_all_parts(more)) wider.push_back(std::move(more));
      }
    }
    return wider;
  }

  bool large_in_all_parts(const std::vector<std::uint32_t>& keys) const {
    for (std::size_t skip = 0; skip < keys.size(); ++skip) {
      if (large_.count(without(keys, skip)) == 0) return false;
    }
    return true;
  }

  static std::vector<std::uint32_t> without(std::vector<std::uint32_t> keys, std::size_t skip) {
    keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(skip));
    return keys;
  }

  // Records that may meet under `keys`: those in a large block under every sub-combination.
  std::vector<const Bits*> restrictions(const std::vector<std::uint32_t>& keys) const {
    std::vector<const Bits*> found;
    for (std::size_t skip = 0; keys.size() > 1 && skip < keys.size(); ++skip) {
      const auto it = large_.find(without(keys, skip));
      if (it != large_.end()) found.push_back(&it->second);
    }
    for (const std::uint32_t k : keys) {
      const auto it = large_.find({k});
      if (keys.size() > 2 && it != large_.end()) found.push_back(&it->second);
    }
    return found;
  }

  // Fills words_ with (hash of the keys, record) of every record that has all keys.
  void collect(const std::vector<std::uint32_t>& keys) {
    words_.clear();
    const auto limits = restrictions(keys);
    if (limits.empty() && keys.size() == 1 && columns_[keys[0]].lists.empty()) {
      collect_single(columns_[keys[0]]);
      return;
    }
    const std::uint32_t groups = (out_.records + 63) / 64;
    for (std::uint32_t group = 0; group < groups; ++group) {
      std::uint64_t mask = ~0ULL;
      for (const Bits* bits : limits) mask &= (*bits)[group];
      const std::uint32_t left = out_.records - group * 64;
      if (left < 64) mask &= (1ULL << left) - 1;
      for (; mask != 0; mask &= mask - 1) {
        const std::uint32_t record = group * 64 + static_cast<std::uint32_t>(__builtin_ctzll(mask));
        emit(keys, 0, record, 0);
      }
    }
  }

  // The common case: one key, one per record.
  void collect_single(const KeyColumn& column) {
    for (std::uint32_t record = 0; record < out_.records; ++record) {
      const std::uint32_t key = column.key_of_value[column.values[record]];
      if (key != 0) words_.push_back(static_cast<std::uint64_t>(hash32(key)) << 32 | record);
    }
  }

  void emit(const std::vector<std::uint32_t>& keys, std::size_t at, std::uint32_t record,
            std::uint64_t hash) {
    if (at == keys.size()) {
      words_.push_back(static_cast<std::uint64_t>(hash32(hash)) << 32 | record);
      return;
    }
    std::uint32_t one = 0;
    for (const std::uint32_t key : keys_of(columns_[keys[at]], record, one)) {
      emit(keys, at + 1, record, at == 0 ? key : mix64(hash, key));
    }
  }

  // Drops records whose keys nobody else has, by a small table of counts: most of a selective rule.
  void drop_singles() {
    constexpr std::size_t kFew = 1U << 14;
    if (words_.size() < kFew) return;
    counts_.assign(std::size_t{1} << kHashBits, 0);
    const auto slot = [](std::uint64_t word) { return word >> (64 - kHashBits); };
    for (const std::uint64_t word : words_) {
      const unsigned count = counts_[slot(word)];
      counts_[slot(word)] = static_cast<std::uint8_t>(count << 1U | 1U) & 3U;  // 0, 1, 3: saturates
    }
    std::erase_if(words_, [&](std::uint64_t word) { return counts_[slot(word)] < 2; });
  }

  // Applies one rule. Returns whether it has blocks that are too large (and remembers their
  // records).
  bool apply(const std::vector<std::uint32_t>& keys, bool remember_large) {
    collect(keys);
    drop_singles();
    sort_by_upper_half(words_, scratch_);
    Rule rule;
    rule.keys = keys;
    for (const std::uint32_t k : keys) rule.fields |= columns_[k].fields;
    rule.first_block = out_.block_count();
    const std::size_t members_before = out_.members_.size();
    Bits large;
    if (remember_large) large.assign((out_.records + 63) / 64, 0);
    for (std::size_t begin = 0; begin < words_.size();) {
      std::size_t end = begin + 1;
      while (end < words_.size() && (words_[end] >> 32) == (words_[begin] >> 32)) ++end;
      take_run(begin, end, rule, large);
      begin = end;
    }
    if (options_.memberships_max > 0 && out_.members_.size() > options_.memberships_max) {
      out_.members_.resize(members_before);
      out_.block_begin_.resize(rule.first_block + 1);
      rule.blocks = rule.pairs = 0;
      ++out_.left_out;
    }
    out_.tried.push_back(rule);
    if (rule.blocks > 0) out_.rules.push_back(rule);
    if (rule.hub_records == 0) return false;
    if (remember_large) large_.emplace(keys, std::move(large));
    return true;
  }

  void take_run(std::size_t begin, std::size_t end, Rule& rule, Bits& large) {
    run_.clear();
    for (std::size_t k = begin; k < end; ++k) {
      const auto record = static_cast<std::uint32_t>(words_[k]);
      if (run_.empty() || run_.back() != record)
        run_.push_back(record);  // ascending: sort is stable
    }
    const std::uint64_t size = run_.size();
    rule.largest_block = std::max(rule.largest_block, size);
    if (size < 2) return;
    if (size <= options_.block_max) {
      rule.pairs += size * (size - 1) / 2;
      ++rule.blocks;
      out_.members_.insert(out_.members_.end(), run_.begin(), run_.end());
      out_.members_.back() |= Candidates::kLast;
      out_.block_begin_.push_back(static_cast<std::uint32_t>(out_.members_.size()));
      return;
    }
    rule.hub_records += size;
    for (const std::uint32_t record : run_) {
      if (!large.empty()) large[record / 64] |= 1ULL << (record % 64);
    }
    note_hub(static_cast<std::uint32_t>(out_.tried.size()));
  }

  // Keeps the run as a hub if it is among the largest.
  void note_hub(std::uint32_t rule) {
    const auto larger = [](const Hub& a, const Hub& b) { return a.records > b.records; };
    Hub hub{rule, run_.size(), {}};
    if (out_.hubs.size() == kHubsReported) {
      if (out_.hubs.front().records >= hub.records) return;  // the heap's top is the smallest
      std::pop_heap(out_.hubs.begin(), out_.hubs.end(), larger);
      out_.hubs.pop_back();
    }
    const std::size_t kept = std::min(run_.size(), kHubSample);
    for (std::size_t k = 0; k < kept; ++k) hub.sample.push_back(run_[k * run_.size() / kept]);
    out_.hubs.push_back(std::move(hub));
    std::push_heap(out_.hubs.begin(), out_.hubs.end(), larger);
  }

  void index_by_record() {
    large_.clear();
    release(words_);
    release(scratch_);
    release(counts_);
    out_.members_.shrink_to_fit();
    out_.block_begin_.shrink_to_fit();
    out_.record_begin_.assign(out_.records + 1, 0);
    for (const std::uint32_t word : out_.members_) {
      if ((word & Candidates::kLast) == 0) ++out_.record_begin_[word + 1];
    }
    std::partial_sum(out_.record_begin_.begin(), out_.record_begin_.end(),
                     out_.record_begin_.begin());
    out_.places_.resize(out_.record_begin_.back());
    std::vector<std::uint32_t> next(out_.record_begin_.begin(), out_.record_begin_.end() - 1);
    for (std::uint32_t at = 0; at < out_.members_.size(); ++at) {
      const std::uint32_t word = out_.members_[at];
      if ((word & Candidates::kLast) == 0) out_.places_[next[word]++] = at;
    }
    std::sort(out_.hubs.begin(), out_.hubs.end(), [](const Hub& a, const Hub& b) {
      return a.records != b.records ? a.records > b.records
             : a.rule != b.rule     ? a.rule < b.rule
                                    : a.sample < b.sample;
    });
  }

  std::span<const KeyColumn> columns_;
  const BlockingOptions& options_;
  Candidates out_;
  std::map<std::vector<std::uint32_t>, Bits> large_;
  std::vector<std::uint64_t> words_, scratch_;
  std::vector<std::uint8_t> counts_;
  std::vector<std::uint32_t> run_;
  std::vector<std::vector<std::uint32_t>> key_counts_;
  unsigned halvings_ = 0;  // one key in 2^halvings_ is looked at while rules are chosen
  std::vector<std::vector<std::uint32_t>>
      sampled_;       // per column: records with a sampled key in a large block
  double spent_ = 0;  // pairs of the combinations chosen so far
};

Candidates block(std::span<const KeyColumn> columns, std::uint32_t records,
                 const BlockingOptions& options, const Progress& progress) {
  CHECK(records < Candidates::kRecordsMax);
  for (const KeyColumn& column : columns) CHECK(column.values.size() == records);
  return Blocker(columns, records, options).run(progress);
}

}  // namespace clew::index
