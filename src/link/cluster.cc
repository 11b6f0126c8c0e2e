#include "link/cluster.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "base/check.h"
#include "base/release.h"
#include "base/threads.h"

namespace clew::link {
namespace {

constexpr std::size_t kChunkRecords = 2048;  // records per piece of parallel work, roughly

// Union-find whose representative is always the lowest member.
class LowestOf {
 public:
  explicit LowestOf(std::uint32_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Agglomerates one component. Nodes are its records, numbered 0 ... n-1 in ascending order.
class Component {
 public:
  Component(const Scorer& scorer, const ClusterOptions& options, Scratch& scratch)
      : scorer_(scorer),
        options_(options),
        scratch_(scratch),
        fields_(scorer.comparer().fields()) {}

  // `chosen` are the indices of the component's own pairs.
  void run(std::span<const std::uint32_t> records, const std::vector<ScoredPair>& pairs,
           std::span<const std::uint32_t> chosen, std::vector<ClusterMerge>& out) {
    if (records.size() == 2) {
      merge_two(pairs[chosen.front()], out);
      return;
    }
    reset(records);
    for (const std::uint32_t k : chosen) open(pairs[k]);
    while (!heap_.empty()) {
      const Candidate best = heap_.top();
      heap_.pop();
      if (dead_[best.a] || dead_[best.b]) continue;
      if (version_[best.a] != best.version_a || version_[best.b] != best.version_b) continue;
      merge(best, out);
    }
  }

 private:
  struct Candidate {
    double score;
    std::uint32_t a, b;  // a < b
    std::uint32_t version_a, version_b;
    bool operator<(const Candidate& other) const {
      if (score != other.score) return score < other.score;
      return a != other.a ? a > other.a : b > other.b;
    }
  };
  struct Neighbour {
    std::uint32_t node, sums;
  };

  void merge_two(const ScoredPair& pair, std::vector<ClusterMerge>& out) const {
    if (pair.score > options_.stop && !forbidden(pair.a, pair.b)) {
      out.push_back({pair.a, pair.b, 1, 1, pair.score, pair.score});
    }
  }

  void reset(std::span<const std::uint32_t> records) {
    const auto n = static_cast<std::uint32_t>(records.size());
    records_ = records;
    members_.assign(n, {});
    for (std::uint32_t k = 0; k < n; ++k) members_[k] = {records[k]};
    neighbours_.assign(n, {});
    version_.assign(n, 0);
    dead_.assign(n, 0);
    height_.assign(n, 1e300);
    sums_.clear();
    heap_ = {};
  }

  std::uint32_t node_of(std::uint32_t record) const {
    return static_cast<std::uint32_t>(std::lower_bound(records_.begin(), records_.end(), record) -
                                      records_.begin());
  }

  void open(const ScoredPair& pair) {
    const std::uint32_t a = node_of(pair.a), b = node_of(pair.b);
    const auto index = static_cast<std::uint32_t>(sums_.size() / width());
    sums_.resize(sums_.size() + width());
    GroupEvidence evidence;
    evidence.add_pair(scorer_, pair.a, pair.b, scratch_, pair.pattern);
    store(index, evidence);
    insert(a, {b, index});
    insert(b, {a, index});
    propose(a, b, evidence);
  }

  void insert(std::uint32_t node, Neighbour neighbour) {
    auto& list = neighbours_[node];
    list.insert(lower(list, neighbour.node), neighbour);
  }

  static std::vector<Neighbour>::iterator lower(std::vector<Neighbour>& list, std::uint32_t node) {
    return std::lower_bound(list.begin(), list.end(), node,
                            [](const Neighbour& x, std::uint32_t n) { return x.node < n; });
  }

  void add_cross(std::uint32_t x, std::uint32_t y, std::uint32_t index) {
    GroupEvidence sums = load(index);
    for (const std::uint32_t a : members_[x]) {
      for (const std::uint32_t b : members_[y]) sums.add_pair(scorer_, a, b, scratch_);
    }
    store(index, sums);
  }

  // A component can hold many pairs of clusters, so their evidence is kept without the unused
  // fields.
  std::size_t width() const { return 3 * fields_ + 2; }

  void store(std::uint32_t index, const GroupEvidence& evidence) {
    double* to = sums_.data() + index * width();
    for (std::size_t f = 0; f < fields_; ++f) {
      *to++ = evidence.match[f];
      *to++ = evidence.relative[f];
      *to++ = evidence.present[f];
    }
    *to++ = evidence.source_prior;
    *to = evidence.pairs;
  }

  GroupEvidence load(std::uint32_t index) const {
    const double* from = sums_.data() + index * width();
    GroupEvidence evidence;
    for (std::size_t f = 0; f < fields_; ++f) {
      evidence.match[f] = *from++;
      evidence.relative[f] = *from++;
      evidence.present[f] = static_cast<std::uint32_t>(*from++);
    }
    evidence.source_prior = *from++;
    evidence.pairs = static_cast<std::uint32_t>(*from);
    return evidence;
  }

  void propose(std::uint32_t x, std::uint32_t y, const GroupEvidence& sums) {
    const double score = sums.score(scorer_);
    if (score <= options_.stop) return;
    const std::uint32_t a = std::min(x, y), b = std::max(x, y);
    heap_.push({score, a, b, version_[a], version_[b]});
  }

  bool forbidden(std::uint32_t a, std::uint32_t b) const {
    const Comparer& comparer = scorer_.comparer();
    const auto& unique = comparer.records().source_is_unique;
    if (!unique.empty() && comparer.source(a) == comparer.source(b) &&
        unique[comparer.source(a)] != 0) {
      return true;
    }
    return std::binary_search(options_.apart.begin(), options_.apart.end(),
                              std::pair(std::min(a, b), std::max(a, b)));
  }

  bool forbidden_clusters(std::uint32_t x, std::uint32_t y) const {
    if (options_.apart.empty() && scorer_.comparer().records().source_is_unique.empty())
      return false;
    for (const std::uint32_t a : members_[x]) {
      for (const std::uint32_t b : members_[y]) {
        if (forbidden(a, b)) return true;
      }
    }
    return false;
  }

  void merge(const Candidate& best, std::vector<ClusterMerge>& out) {
    std::uint32_t a = best.a, b = best.b;
    if (forbidden_clusters(a, b)) return;  // its neighbourhood stays; nothing else changes
    const double height = std::min({best.score, height_[a], height_[b]});
    out.push_back({members_[a].front(), members_[b].front(),
                   static_cast<std::uint32_t>(members_[a].size()),
                   static_cast<std::uint32_t>(members_[b].size()), best.score, height});
    if (neighbours_[a].size() < neighbours_[b].size()) std::swap(a, b);
    join_neighbours(a, b);
    dead_[b] = 1;
    ++version_[a];
    height_[a] = height;
    auto& members = members_[a];
    members.insert(members.end(), members_[b].begin(), members_[b].end());
    std::sort(members.begin(), members.end());
    release(members_[b]);
    release(neighbours_[b]);
    for (const Neighbour& n : neighbours_[a]) propose(a, n.node, load(n.sums));
  }

  // Gives cluster a the neighbours of b as well; pairs that were never scored are scored now.
  void join_neighbours(std::uint32_t a, std::uint32_t b) {
    neighbours_[a].erase(lower(neighbours_[a], b));
    neighbours_[b].erase(lower(neighbours_[b], a));
    for (const Neighbour& n : neighbours_[a]) {
      const auto shared = lower(neighbours_[b], n.node);
      if (shared != neighbours_[b].end() && shared->node == n.node) {
        GroupEvidence both = load(n.sums);
        both.add(load(shared->sums), fields_);
        store(n.sums, both);
      } else {
        add_cross(b, n.node, n.sums);
      }
    }
    std::vector<Neighbour> fresh;
    for (const Neighbour& n : neighbours_[b]) {
      auto& list = neighbours_[n.node];
      list.erase(lower(list, b));
      const auto known = lower(neighbours_[a], n.node);
      if (known != neighbours_[a].end() && known->node == n.node) continue;
      add_cross(a, n.node, n.sums);
      list.insert(lower(list, a), {a, n.sums});
      fresh.push_back(n);
    }
    auto& list = neighbours_[a];
    const auto middle = static_cast<std::ptrdiff_t>(list.size());
    list.insert(list.end(), fresh.begin(), fresh.end());
    std::inplace_merge(list.begin(), list.begin() + middle, list.end(),
                       [](const Neighbour& x, const Neighbour& y) { return x.node < y.node; });
  }

  const Scorer& scorer_;
  const ClusterOptions& options_;
  Scratch& scratch_;
  std::size_t fields_;
  std::span<const std::uint32_t> records_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<std::vector<Neighbour>> neighbours_;  // ascending by node
  std::vector<std::uint32_t> version_;
  std::vector<std::uint8_t> dead_;
  std::vector<double> height_;
  std::vector<double> sums_;  // one packed GroupEvidence after another
  std::priority_queue<Candidate> heap_;
};

// Records and pairs of every component, components in the order of their lowest record.
struct Partition {
  std::vector<std::uint32_t> records;
  std::vector<std::size_t> record_begin{0};
  std::vector<std::uint32_t> pairs;  // indices, ascending within a component
  std::vector<std::size_t> pair_begin{0};
};

Partition split_components(std::uint32_t n, const std::vector<ScoredPair>& pairs, double open) {
  LowestOf sets(n);
  for (const ScoredPair& p : pairs) {
    if (p.score > open) sets.join(p.a, p.b);
  }
  std::vector<std::uint32_t> number(n, ~0U);
  Partition out;
  std::vector<std::uint32_t> size, edges;
  for (std::uint32_t r = 0; r < n; ++r) {
    const std::uint32_t root = sets.find(r);
    if (root == r) {
      number[r] = static_cast<std::uint32_t>(size.size());
      size.push_back(0);
    }
    number[r] = number[root];
    ++size[number[r]];
  }
  edges.assign(size.size(), 0);
  for (const ScoredPair& p : pairs) edges[number[p.a]] += p.score > open;
  std::vector<std::size_t> record_at(size.size()), pair_at(size.size());
  for (std::size_t c = 0; c < size.size(); ++c) {
    record_at[c] = out.record_begin.back();
    pair_at[c] = out.pair_begin.back();
    out.record_begin.push_back(out.record_begin.back() + size[c]);
    out.pair_begin.push_back(out.pair_begin.back() + edges[c]);
  }
  out.records.resize(n);
  for (std::uint32_t r = 0; r < n; ++r) out.records[record_at[number[r]]++] = r;
  out.pairs.resize(out.pair_begin.back());
  for (std::uint32_t k = 0; k < pairs.size(); ++k) {
    if (pairs[k].score > open) out.pairs[pair_at[number[pairs[k].a]]++] = k;
  }
  return out;
}

}  // namespace

void GroupEvidence::add(const GroupEvidence& other, std::size_t fields) {
  for (std::size_t f = 0; f < fields; ++f) {
    match[f] += other.match[f];
    relative[f] += other.relative[f];
    present[f] += other.present[f];
  }
  source_prior += other.source_prior;
  pairs += other.pairs;
}

void GroupEvidence::add_pair(const Scorer& scorer, std::uint32_t x, std::uint32_t y,
                             Scratch& scratch, Pattern pattern) {
  const std::uint32_t a = std::min(x, y), b = std::max(x, y);
  if (pattern == kUnknownPattern) pattern = scorer.comparer().pattern(a, b, scratch.levels);
  const Evidence terms = scorer.evidence(a, b, pattern);
  for (std::size_t f = 0; f < scorer.comparer().fields(); ++f) {
    if (level_of(pattern, f) == kMissing) continue;
    match[f] += terms.match[f];
    relative[f] += terms.relative[f];
    ++present[f];
  }
  source_prior += scorer.source_prior(a, b);
  ++pairs;
}

double GroupEvidence::score(const Scorer& scorer) const {
  double match_sum = source_prior / pairs, relative_sum = 0;
  for (std::size_t f = 0; f < scorer.comparer().fields(); ++f) {
    if (present[f] == 0) continue;
    match_sum += match[f] / present[f];
    relative_sum += relative[f] / present[f];
  }
  return scorer.combine(match_sum, relative_sum);
}

std::vector<ClusterMerge> cluster(const Scorer& scorer, const std::vector<ScoredPair>& pairs,
                                  const ClusterOptions& options) {
  const Partition parts = split_components(scorer.comparer().count(), pairs, options.open);
  std::vector<std::size_t> chunk_begin{0};  // components per piece of work
  for (std::size_t c = 1; c < parts.record_begin.size(); ++c) {
    if (parts.record_begin[c] - parts.record_begin[chunk_begin.back()] >= kChunkRecords) {
      chunk_begin.push_back(c);
    }
  }
  if (chunk_begin.back() != parts.record_begin.size() - 1) {
    chunk_begin.push_back(parts.record_begin.size() - 1);
  }
  std::vector<std::vector<ClusterMerge>> found(chunk_begin.size() - 1);
  const unsigned threads = std::max(1U, options.threads);
  parallel_for(threads, threads, [&](std::size_t thread) {
    Scratch scratch(scorer.comparer());
    Component component(scorer, options, scratch);
    for (std::size_t chunk = thread; chunk < found.size(); chunk += threads) {
      for (std::size_t c = chunk_begin[chunk]; c < chunk_begin[chunk + 1]; ++c) {
        const std::size_t begin = parts.record_begin[c], end = parts.record_begin[c + 1];
        if (end - begin < 2) continue;
        component.run({parts.records.data() + begin, end - begin}, pairs,
                      {parts.pairs.data() + parts.pair_begin[c],
                       parts.pair_begin[c + 1] - parts.pair_begin[c]},
                      found[chunk]);
      }
    }
  });
  std::vector<ClusterMerge> merges;
  for (auto& part : found) {
    merges.insert(merges.end(), part.begin(), part.end());
    release(part);
  }
  return merges;
}

std::vector<std::uint32_t> entities_at(std::uint32_t records,
                                       const std::vector<ClusterMerge>& merges, double cut) {
  LowestOf sets(records);
  for (const ClusterMerge& m : merges) {
    if (m.height > cut) sets.join(m.a, m.b);
  }
  std::vector<std::uint32_t> entity(records);
  for (std::uint32_t r = 0; r < records; ++r) entity[r] = sets.find(r);
  return entity;
}

std::vector<std::uint32_t> components(std::uint32_t records, const std::vector<ScoredPair>& pairs,
                                      double threshold) {
  LowestOf sets(records);
  for (const ScoredPair& p : pairs) {
    if (p.score >= threshold) sets.join(p.a, p.b);
  }
  std::vector<std::uint32_t> entity(records);
  for (std::uint32_t r = 0; r < records; ++r) entity[r] = sets.find(r);
  return entity;
}

}  // namespace clew::link
