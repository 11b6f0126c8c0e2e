#include "link/classic.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/rng.h"
#include "index/blocking.h"
#include "link/em.h"

namespace clew::link {
namespace {

constexpr std::uint64_t kRoundPairsMax = 1000000;  // pairs looked at in one round

std::vector<std::size_t> fields_named(const Model& model, const std::vector<std::string>& names) {
  std::vector<std::size_t> found;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    if (std::find(names.begin(), names.end(), model.fields[f].spec.name) != names.end()) {
      found.push_back(f);
    }
  }
  return found;
}

// Pairs of records that agree on all fields of any of the rules.
index::Candidates pairs_of_rules(const Comparer& comparer,
                                 const std::vector<std::vector<std::size_t>>& rules) {
  const std::size_t n = comparer.fields();
  std::vector<std::vector<std::uint32_t>> values(n);
  std::vector<index::KeyColumn> columns(n);
  for (std::size_t f = 0; f < n; ++f) {
    values[f].resize(comparer.count());
    for (std::uint32_t r = 0; r < comparer.count(); ++r) values[f][r] = comparer.row(r)[f];
    columns[f].key_of_value.resize(comparer.records().fields[f].values.size());
    std::iota(columns[f].key_of_value.begin(), columns[f].key_of_value.end(), 0U);
    columns[f].values = values[f];
    columns[f].fields = 1ULL << f;
  }
  index::BlockingOptions options;
  options.block_max = ~0U;
  options.deepen = false;
  for (const auto& rule : rules) {
    std::vector<std::uint32_t> keys(rule.begin(), rule.end());
    std::sort(keys.begin(), keys.end());
    if (!keys.empty()) options.given.push_back(std::move(keys));
  }
  return index::block(columns, comparer.count(), options, {});
}

std::uint64_t distinct_pairs(const index::Candidates& candidates) {
  std::vector<std::uint32_t> seen(candidates.records, ~0U), partners;
  std::uint64_t pairs = 0;
  for (std::uint32_t a = 0; a < candidates.records; ++a) {
    partners.clear();
    candidates.partners(a, seen, partners);
    pairs += partners.size();
  }
  return pairs;
}

std::vector<PatternCount> round_patterns(const Comparer& comparer,
                                         const index::Candidates& candidates, Pattern mask,
                                         std::uint64_t seed) {
  std::uint64_t all = 0;
  for (const auto& rule : candidates.rules) all += rule.pairs;
  const double share = std::min(1.0, static_cast<double>(kRoundPairsMax) /
                                         static_cast<double>(std::max<std::uint64_t>(1, all)));
  const std::uint64_t keep = share >= 1 ? ~0ULL : static_cast<std::uint64_t>(share * 0x1p64);
  LevelCache cache(comparer.fields(), comparer.count());
  std::unordered_map<Pattern, double> counts;
  std::vector<std::uint32_t> members;
  for (std::uint32_t b = 0; b < candidates.block_count(); ++b) {
    candidates.block(b, members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        if (mix64(static_cast<std::uint64_t>(members[i]) << 32 | members[j], seed) > keep) continue;
        counts[comparer.pattern(members[i], members[j], cache) & ~mask] += 1 / share;
      }
    }
  }
  std::vector<PatternCount> rows;
  for (const auto& [pattern, count] : counts) rows.push_back({0, pattern, count});
  std::sort(rows.begin(), rows.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  return rows;
}

}  // namespace

void train_classic(const Comparer& comparer, const Options& options, Model& model) {
  std::vector<std::vector<std::size_t>> sure;
  for (const auto& names : options.deterministic) sure.push_back(fields_named(model, names));
  const double n = comparer.count();
  const double found = static_cast<double>(distinct_pairs(pairs_of_rules(comparer, sure)));
  model.prior_match =
      std::clamp(found / options.deterministic_recall / (n * (n - 1) / 2), 1e-12, 0.5);
  model.prior_relative = 0;
  std::vector<std::array<double, 16>> sum(comparer.fields());
  std::vector<unsigned> rounds(comparer.fields(), 0);
  for (auto& s : sum) s.fill(0);
  for (const auto& names : options.training_rounds) {
    const std::vector<std::size_t> blocked = fields_named(model, names);
    Pattern mask = 0;
    for (const std::size_t f : blocked) mask |= 15ULL << (4 * f);
    std::vector<EmField> fields(comparer.fields());
    for (std::size_t f = 0; f < fields.size(); ++f) {
      fields[f].plan = comparer.plan(f);
      for (int l = 1; l <= fields[f].plan.top; ++l) {
        const auto k = static_cast<std::size_t>(l);
        fields[f].u[k] = model.fields[f].levels[k].u;
        fields[f].m[k] = default_m(l, fields[f].plan);
      }
    }
    EmOptions em;
    em.relatives = false;
    em.monotone = false;
    em.prior_pairs = 0.1;
    em.rounds_max = options.rounds_max;
    const EmResult result = fit(
        fields, round_patterns(comparer, pairs_of_rules(comparer, {blocked}), mask, options.seed),
        1, em);
    model.converged = model.converged && result.converged;
    model.rounds += result.rounds;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (std::find(blocked.begin(), blocked.end(), f) != blocked.end()) continue;
      ++rounds[f];
      for (std::size_t l = 1; l < 16; ++l) sum[f][l] += fields[f].m[l];
    }
  }
  for (std::size_t f = 0; f < comparer.fields(); ++f) {
    auto& levels = model.fields[f].levels;
    for (std::size_t l = 1; l < levels.size(); ++l) {
      levels[l].m =
          rounds[f] > 0 ? sum[f][l] / rounds[f] : default_m(static_cast<int>(l), comparer.plan(f));
      levels[l].h = levels[l].u;
      levels[l].trained = rounds[f] > 0;
    }
  }
}

}  // namespace clew::link
