#include "link/losses.h"

#include <algorithm>
#include <utility>

namespace clew::link {
namespace {

constexpr double kPairsMax = 500000;

using Pair = std::pair<std::uint32_t, std::uint32_t>;

std::span<const std::uint32_t> keys_of(const index::KeyColumn& column, std::uint32_t record,
                                       std::uint32_t& one) {
  one = column.key_of_value[column.values[record]];
  if (one == 0) return {};
  if ((one & index::KeyColumn::kSeveral) == 0) return {&one, 1};
  return column.lists[one & ~index::KeyColumn::kSeveral];
}

bool share_key(const index::KeyColumn& column, std::uint32_t a, std::uint32_t b) {
  std::uint32_t one_a = 0, one_b = 0;
  const auto as = keys_of(column, a, one_a), bs = keys_of(column, b, one_b);
  return std::any_of(as.begin(), as.end(), [&](std::uint32_t key) {
    return std::find(bs.begin(), bs.end(), key) != bs.end();
  });
}

// Whether record a stands in the block that the hub's sample was drawn from.
bool in_hub(const index::Candidates& candidates, const index::Hub& hub, const Keys& keys,
            std::uint32_t a) {
  const auto& rule = candidates.tried[hub.rule].keys;
  return std::all_of(rule.begin(), rule.end(), [&](std::uint32_t k) {
    return share_key(keys.columns[k], a, hub.sample.front());
  });
}

// Pairs inside entities of three records and more that were never compared; `pairs` counts all
// inside entities.
std::vector<Pair> uncompared_pairs(const std::vector<std::uint32_t>& entity,
                                   const index::Candidates& candidates, Losses& out,
                                   double& looked_at) {
  std::vector<Pair> sorted;
  for (std::uint32_t r = 0; r < entity.size(); ++r) sorted.emplace_back(entity[r], r);
  std::sort(sorted.begin(), sorted.end());
  std::vector<Pair> found;
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    while (end < sorted.size() && sorted[end].first == sorted[begin].first) ++end;
    const double size = static_cast<double>(end - begin);
    out.pairs += size * (size - 1) / 2;
    for (std::size_t i = begin; end - begin > 2 && i < end && looked_at < kPairsMax; ++i) {
      for (std::size_t j = i + 1; j < end; ++j) {
        ++looked_at;
        const Pair pair(sorted[i].second, sorted[j].second);
        if (!candidates.meet(pair.first, pair.second)) found.push_back(pair);
      }
    }
    begin = end;
  }
  return found;
}

}  // namespace

Losses find_losses(const std::vector<std::uint32_t>& entity, const index::Candidates& candidates,
                   const Keys& keys) {
  Losses out;
  double looked_at = 0;
  const std::vector<Pair> missed = uncompared_pairs(entity, candidates, out, looked_at);
  out.share_lost = looked_at > 0 ? static_cast<double>(missed.size()) / looked_at : 0;
  const double scale = looked_at > 0 ? std::max(1.0, out.pairs / looked_at) : 1;
  out.uncompared = static_cast<double>(missed.size()) * scale;
  for (const index::Hub& hub : candidates.hubs) {
    HubReport report;
    report.rule = rule_words(keys, candidates.tried[hub.rule]);
    report.records = hub.records;
    double apart = 0, pairs = 0;
    for (std::size_t i = 0; i < hub.sample.size(); ++i) {
      for (std::size_t j = i + 1; j < hub.sample.size(); ++j) {
        ++pairs;
        apart += !candidates.meet(hub.sample[i], hub.sample[j]);
      }
    }
    const double records = static_cast<double>(hub.records);
    report.pairs_not_compared =
        static_cast<std::uint64_t>(records * (records - 1) / 2 * apart / std::max(1.0, pairs));
    for (const Pair& pair : missed) {
      report.matches_lost +=
          in_hub(candidates, hub, keys, pair.first) && in_hub(candidates, hub, keys, pair.second);
    }
    report.matches_lost *= scale;
    out.hubs.push_back(std::move(report));
  }
  return out;
}

}  // namespace clew::link
