#include "link/samples.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "base/rng.h"
#include "base/threads.h"

namespace clew::link {
namespace {

constexpr double kRandomPerRecord = 120;         // pairs for u, at most this many a record
constexpr std::uint64_t kRulePairsMax = 15000;   // pairs looked at under one rule
constexpr std::uint64_t kRulePairsAll = 600000;  // ... and under all rules together
constexpr std::uint64_t kRulePairsMin = 3000;
constexpr double kRuleWeightMax = 2e5;              // no rule weighs more in EM
constexpr std::uint64_t kCandidateSample = 200000;  // candidate pairs for the prior
constexpr std::uint64_t kEqualPairs = 70000;        // pairs a parent field
constexpr std::uint64_t kEqualPerRecord = 40;
constexpr double kDrawsPerPair = 4;   // where few pairs agree
constexpr std::size_t kChunk = 4096;  // records or pairs a piece of work

std::uint64_t pair_hash(std::uint32_t a, std::uint32_t b, std::uint64_t seed) {
  return mix64(static_cast<std::uint64_t>(a) << 32 | b, seed);
}

std::uint64_t threshold(double share) {
  return share >= 1 ? ~0ULL : static_cast<std::uint64_t>(share * 0x1p64);
}

void fill_patterns(const Comparer& comparer, std::vector<SampledPair>& pairs, unsigned threads) {
  parallel_for((pairs.size() + 16 * kChunk - 1) / (16 * kChunk), threads, [&](std::size_t chunk) {
    LevelCache cache(comparer.fields(), comparer.count());
    const std::size_t begin = chunk * 16 * kChunk;
    for (std::size_t k = begin; k < std::min(pairs.size(), begin + 16 * kChunk); ++k) {
      pairs[k].pattern = comparer.pattern(pairs[k].a, pairs[k].b, cache);
    }
  });
}

}  // namespace

std::vector<std::uint32_t> draw_random_records(const Comparer& comparer, const Options& options) {
  const std::uint32_t n = comparer.count();
  const double pairs = std::min(static_cast<double>(options.u_pairs), kRandomPerRecord * n);
  const double wanted = std::ceil(std::sqrt(2 * pairs)) + 1;
  // Chosen by hash, in ascending order: a sample without order or replacement.
  const std::uint64_t keep = threshold(wanted / std::max(1.0, static_cast<double>(n)));
  std::vector<std::uint32_t> out;
  for (std::uint32_t r = 0; r < n; ++r) {
    if (mix64(r, options.seed) <= keep) out.push_back(r);
  }
  return out;
}

namespace {

struct Weighted {
  std::uint32_t value;
  double weight;
  double squares;  // of the weights of its records
};

// The distinct values of the sampled records, each with the sum of its records' weights.
std::vector<Weighted> distinct_values(const Comparer& comparer, std::size_t field,
                                      const std::vector<std::uint32_t>& records,
                                      const std::vector<double>& weight) {
  std::vector<Weighted> all;
  for (std::size_t k = 0; k < records.size(); ++k) {
    const std::uint32_t value = comparer.row(records[k])[field];
    if (value != 0) all.push_back({value, weight[k], weight[k] * weight[k]});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Weighted& x, const Weighted& y) { return x.value < y.value; });
  std::vector<Weighted> out;
  for (const Weighted& w : all) {
    if (!out.empty() && out.back().value == w.value) {
      out.back().weight += w.weight;
      out.back().squares += w.squares;
    } else {
      out.push_back(w);
    }
  }
  return out;
}

int level_of_values(const Comparer& comparer, std::size_t field, std::uint32_t a, std::uint32_t b) {
  const int level =
      comparer.level_by_digest(field, comparer.digest_of(field, a), comparer.digest_of(field, b));
  return level >= 0 ? level : comparer.fresh_level(field, a, b);
}

// Chance that two people have each other's given and family name.
double exchanged_chance(const Comparer& comparer, const std::vector<std::uint32_t>& records) {
  const auto g = static_cast<std::size_t>(comparer.given()),
             s = static_cast<std::size_t>(comparer.family());
  std::unordered_map<std::string_view, std::array<double, 2>> counts;
  double given = 0, family = 0;
  for (const std::uint32_t r : records) {
    const std::uint32_t x = comparer.row(r)[g], y = comparer.row(r)[s];
    if (x != 0) ++counts[comparer.records().fields[g].values[x]][0];
    if (y != 0) ++counts[comparer.records().fields[s].values[y]][1];
    given += x != 0;
    family += y != 0;
  }
  double meet = 0;
  for (const auto& [name, count] : counts) meet += count[0] * count[1];
  const double chance = given > 0 && family > 0 ? meet / (given * family) : 0;
  return chance * chance;
}

using LevelSums = std::array<double, 16>;

// Chance agreement of a field needs pairs of values, not of records: common values are compared
// once.
LevelSums count_field(const Comparer& comparer, std::size_t field,
                      const std::vector<Weighted>& values, unsigned threads) {
  constexpr std::size_t kRows = 64;
  std::vector<LevelSums> parts((values.size() + kRows - 1) / kRows);
  parallel_for(parts.size(), threads, [&](std::size_t chunk) {
    LevelSums& sums = parts[chunk];
    sums.fill(0);
    const std::size_t end = std::min(values.size(), (chunk + 1) * kRows);
    for (std::size_t i = chunk * kRows; i < end; ++i) {
      if (comparer.is_partial(field, values[i].value)) {  // equal, yet only consistent
        const int level = level_of_values(comparer, field, values[i].value, values[i].value);
        sums[static_cast<std::size_t>(level)] +=
            (values[i].weight * values[i].weight - values[i].squares) / 2;
      }
      for (std::size_t j = i + 1; j < values.size(); ++j) {
        const int level = level_of_values(comparer, field, values[i].value, values[j].value);
        sums[static_cast<std::size_t>(level)] += values[i].weight * values[j].weight;
      }
    }
  });
  LevelSums out{};
  for (const LevelSums& part : parts) {
    for (std::size_t l = 0; l < out.size(); ++l) out[l] += part[l];
  }
  return out;
}

// Takes pairs inside one entity out again: they say nothing about chance.
void subtract_entities(const Comparer& comparer, const std::vector<std::uint32_t>& records,
                       const std::vector<double>& weight, const std::vector<std::uint32_t>& entity,
                       std::vector<LevelSums>& sums) {
  std::vector<std::pair<std::uint32_t, std::size_t>> sorted;
  for (std::size_t k = 0; k < records.size(); ++k) sorted.emplace_back(entity[records[k]], k);
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = i + 1; j < sorted.size() && sorted[j].first == sorted[i].first; ++j) {
      const std::size_t x = sorted[i].second, y = sorted[j].second;
      for (std::size_t f = 0; f < sums.size(); ++f) {
        const std::uint32_t a = comparer.row(records[x])[f], b = comparer.row(records[y])[f];
        if (a == 0 || b == 0 || (a == b && !comparer.is_partial(f, a))) continue;
        double& sum = sums[f][static_cast<std::size_t>(level_of_values(comparer, f, a, b))];
        sum = std::max(0.0, sum - weight[x] * weight[y]);
      }
    }
  }
}

}  // namespace

std::vector<std::array<double, 16>> count_random_levels(const Comparer& comparer,
                                                        const std::vector<std::uint32_t>& records,
                                                        const std::vector<std::uint32_t>* entity,
                                                        unsigned threads) {
  std::vector<double> weight(records.size(), 1);
  if (entity != nullptr) {
    std::vector<std::uint32_t> size(entity->size(), 0);
    for (const std::uint32_t e : *entity) ++size[e];
    for (std::size_t k = 0; k < records.size(); ++k) weight[k] = 1.0 / size[(*entity)[records[k]]];
  }
  std::vector<LevelSums> out(comparer.fields());
  for (std::size_t f = 0; f < out.size(); ++f) {
    out[f] = count_field(comparer, f, distinct_values(comparer, f, records, weight), threads);
    if (static_cast<int>(f) != comparer.given() || !comparer.swaps()) continue;
    double pairs = 0;
    for (const double count : out[f]) pairs += count;
    out[f][static_cast<std::size_t>(comparer.plan(f).whole_top)] =
        pairs * exchanged_chance(comparer, records);
  }
  if (entity != nullptr) subtract_entities(comparer, records, weight, *entity, out);
  return out;
}

namespace {

Pattern mask_of(std::uint64_t fields, std::size_t n) {
  Pattern mask = 0;
  for (std::size_t f = 0; f < n; ++f) {
    if ((fields >> f & 1) != 0) mask |= 15ULL << (4 * f);
  }
  return mask;
}

void count_rule(const Comparer& comparer, const index::Candidates& candidates,
                std::uint32_t rule_number, std::uint64_t pairs_max, std::uint64_t seed,
                LevelCache& cache, std::vector<PatternCount>& out) {
  const index::Rule& rule = candidates.rules[rule_number];
  const double share =
      std::min(1.0, static_cast<double>(pairs_max) / static_cast<double>(rule.pairs));
  const std::uint64_t keep = threshold(share);
  const Pattern mask = mask_of(rule.fields, comparer.fields());
  std::vector<Pattern> patterns;
  std::vector<std::uint32_t> members;
  for (std::uint32_t b = rule.first_block; b < rule.first_block + rule.blocks; ++b) {
    candidates.block(b, members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        if (pair_hash(members[i], members[j], seed) > keep) continue;
        const Pattern pattern = comparer.pattern(members[i], members[j], cache);
        patterns.push_back(pattern & ~mask);
      }
    }
  }
  std::sort(patterns.begin(), patterns.end());
  const double weight = std::min(1.0, kRuleWeightMax / static_cast<double>(rule.pairs)) *
                        static_cast<double>(rule.pairs) /
                        std::max<double>(1, static_cast<double>(patterns.size()));
  for (std::size_t begin = 0; begin < patterns.size();) {
    std::size_t end = begin;
    while (end < patterns.size() && patterns[end] == patterns[begin]) ++end;
    out.push_back({rule_number, patterns[begin], weight * static_cast<double>(end - begin)});
    begin = end;
  }
}

void draw_by_rule(const Comparer& comparer, const index::Candidates& candidates,
                  const Options& options, Samples& out) {
  const std::uint64_t rules = candidates.rules.size();
  if (rules == 0) return;
  const std::uint64_t pairs_max = std::clamp(kRulePairsAll / rules, kRulePairsMin, kRulePairsMax);
  std::vector<std::vector<PatternCount>> parts(rules);
  parallel_for(rules, options.threads, [&](std::size_t r) {
    LevelCache cache(comparer.fields(), comparer.count());
    count_rule(comparer, candidates, static_cast<std::uint32_t>(r), pairs_max,
               mix64(options.seed, 13 + r), cache, parts[r]);
  });
  for (const auto& part : parts) out.by_rule.insert(out.by_rule.end(), part.begin(), part.end());
}

void draw_candidates(const Comparer& comparer, const index::Candidates& candidates,
                     const Options& options, Samples& out) {
  std::uint64_t raw = 0;
  for (const index::Rule& rule : candidates.rules) raw += rule.pairs;
  const double share = std::min(1.0, static_cast<double>(kCandidateSample) /
                                         std::max<double>(1, 0.3 * static_cast<double>(raw)));
  out.candidate_share = share;
  const std::uint64_t keep = threshold(share);
  const std::uint64_t seed = mix64(options.seed, 17);
  const std::size_t chunks = (comparer.count() + kChunk - 1) / kChunk;
  std::vector<std::vector<SampledPair>> parts(chunks);
  const unsigned threads = std::max(1U, options.threads);
  // Whole records are sampled, with all their partners: the others cost nothing.
  parallel_for(threads, threads, [&](std::size_t thread) {
    std::vector<std::uint32_t> seen(comparer.count(), ~0U), partners;
    for (std::size_t chunk = thread; chunk < chunks; chunk += threads) {
      const std::size_t end = std::min<std::size_t>(comparer.count(), (chunk + 1) * kChunk);
      for (auto a = static_cast<std::uint32_t>(chunk * kChunk); a < end; ++a) {
        if (mix64(a, seed) > keep) continue;
        partners.clear();
        candidates.partners(a, seen, partners);
        for (const std::uint32_t b : partners) parts[chunk].push_back({a, b, 0});
      }
    }
  });
  for (std::size_t k = 0; k < chunks; ++k) {
    out.candidates.insert(out.candidates.end(), parts[k].begin(), parts[k].end());
  }
  fill_patterns(comparer, out.candidates, options.threads);
}

// Draws pairs with an equal `key` (0 = none, all below `keys_end`): a record at random, then a
// partner from its group.
EqualPairs draw_equal(const std::vector<std::uint32_t>& keys, std::uint32_t keys_end,
                      std::uint64_t wanted, std::uint64_t seed) {
  EqualPairs out;
  std::vector<std::uint32_t> end_of(keys_end, 0);  // of each key's group, once filled
  for (const std::uint32_t key : keys) ++end_of[key];
  end_of[0] = 0;
  double others = 0;
  std::uint32_t total = 0;
  for (std::uint32_t& end : end_of) {
    others += static_cast<double>(end) * (static_cast<double>(end) - 1);
    const std::uint32_t size = end;
    end = total;
    total += size;
  }
  if (others <= 0) return out;
  std::vector<std::uint32_t> grouped(total);
  for (std::uint32_t r = 0; r < keys.size(); ++r) {
    if (keys[r] != 0) grouped[end_of[keys[r]]++] = r;
  }
  const double mean = others / static_cast<double>(total);
  wanted = std::min(wanted, static_cast<std::uint64_t>(kDrawsPerPair * others / 2));
  Rng rng(seed);
  for (std::uint64_t k = 0; k < wanted; ++k) {
    const std::uint32_t at = rng.below(total);
    const std::uint32_t key = keys[grouped[at]];
    const std::uint32_t first = end_of[key - 1], size = end_of[key] - first;
    if (size < 2) continue;
    std::uint32_t other = first + rng.below(size - 1);
    if (other >= at) ++other;
    const std::uint32_t a = grouped[at], b = grouped[other];
    out.pairs.push_back({std::min(a, b), std::max(a, b), 0});
    out.weight.push_back(static_cast<float>((size - 1) / mean));
  }
  // Drawn with replacement: a pair drawn ten times is still one pair.
  const double scale =
      std::min(1.0, others / 2 / static_cast<double>(std::max<std::size_t>(1, out.pairs.size())));
  for (float& weight : out.weight) weight *= static_cast<float>(scale);
  return out;
}

void draw_equal_pairs(const Comparer& comparer, const Options& options, Samples& out) {
  const std::size_t n = comparer.fields();
  const std::uint64_t wanted =
      std::min<std::uint64_t>(kEqualPairs, kEqualPerRecord * comparer.count());
  out.equal.resize(n + 1);
  parallel_for(n + 1, options.threads, [&](std::size_t p) {
    if (p == n && !comparer.whole_names()) return;
    std::vector<std::uint32_t> keys(comparer.count());
    for (std::uint32_t r = 0; r < comparer.count(); ++r) {
      keys[r] = p < n ? comparer.row(r)[p] : comparer.whole_name(r);
    }
    const std::uint32_t keys_end =
        p < n ? comparer.records().fields[p].values.size() : comparer.whole_names_count();
    out.equal[p] = draw_equal(keys, keys_end, wanted, mix64(options.seed, 19 + p));
  });
  for (EqualPairs& equal : out.equal) fill_patterns(comparer, equal.pairs, options.threads);
}

}  // namespace

Samples draw_samples(const Comparer& comparer, const index::Candidates& candidates,
                     const Options& options) {
  Samples out;
  out.random = draw_random_records(comparer, options);
  draw_by_rule(comparer, candidates, options, out);
  draw_candidates(comparer, candidates, options, out);
  if (options.dependence) draw_equal_pairs(comparer, options, out);
  return out;
}

}  // namespace clew::link
