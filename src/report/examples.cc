// Chooses the entities that a report shows in full: large, across sources, weak, and ordinary.
#include <algorithm>
#include <limits>
#include <set>

#include "report/link_report.h"

namespace clew::report {
namespace {

struct Candidate {
  std::uint32_t entity = 0;
  std::uint32_t size = 0;
  std::uint32_t sources = 0;
  double weakest = std::numeric_limits<double>::infinity();  // bits of its weakest join
};

std::vector<Candidate> candidates_of(const link::Records& records, const link::Outcome& outcome) {
  std::vector<std::pair<std::uint32_t, std::uint16_t>> members;  // entity, source
  for (std::uint32_t r = 0; r < outcome.entity.size(); ++r) {
    members.emplace_back(outcome.entity[r], records.source[r]);
  }
  std::sort(members.begin(), members.end());
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool begins = i == 0 || members[i].first != members[i - 1].first;
    if (begins) all.push_back({members[i].first});
    ++all.back().size;
    if (begins || members[i].second != members[i - 1].second) ++all.back().sources;
  }
  for (const link::Merge& merge : outcome.merges) {
    const auto found = std::lower_bound(
        all.begin(), all.end(), outcome.entity[merge.a],
        [](const Candidate& candidate, std::uint32_t entity) { return candidate.entity < entity; });
    if (found != all.end()) found->weakest = std::min(found->weakest, merge.bits);
  }
  std::erase_if(all, [](const Candidate& candidate) { return candidate.size < 2; });
  return all;
}

}  // namespace

std::vector<Example> choose_examples(const link::Records& records, const link::Outcome& outcome,
                                     std::size_t count) {
  const std::vector<Candidate> all = candidates_of(records, outcome);
  std::vector<Example> chosen;
  std::set<std::uint32_t> taken;
  const auto take = [&](const Candidate& candidate, const std::string& why) {
    if (chosen.size() < count && taken.insert(candidate.entity).second) {
      chosen.push_back({candidate.entity, why});
      return true;
    }
    return false;
  };
  const auto take_first = [&](std::size_t wanted, const auto& before, const std::string& why) {
    std::vector<Candidate> sorted = all;
    std::stable_sort(sorted.begin(), sorted.end(), before);
    for (const Candidate& candidate : sorted) {
      if (wanted == 0) return;
      if (take(candidate, why)) --wanted;
    }
  };
  const std::size_t third = std::max<std::size_t>(1, count * 3 / 10);
  take_first(
      third, [](const auto& x, const auto& y) { return x.size > y.size; }, "one of the largest");
  const auto joins_more = [](const Candidate& x, const Candidate& y) {
    return x.sources != y.sources ? x.sources > y.sources : x.size < y.size;
  };
  const bool across = std::any_of(all.begin(), all.end(),
                                  [](const Candidate& candidate) { return candidate.sources > 1; });
  if (across) take_first(third, joins_more, "joins several sources");
  take_first(
      third, [](const auto& x, const auto& y) { return x.weakest < y.weakest; },
      "one of the weakest joins");
  // Ordinary ones stand evenly spread over those that are left.
  std::vector<Candidate> left;
  for (const Candidate& candidate : all) {
    if (!taken.contains(candidate.entity)) left.push_back(candidate);
  }
  const std::size_t wanted = std::min(count - chosen.size(), left.size());
  for (std::size_t i = 0; i < wanted; ++i) {
    take(left[(2 * i + 1) * left.size() / (2 * wanted)], "an ordinary one");
  }
  return chosen;
}

}  // namespace clew::report
