#include "link/link.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>

#include "base/check.h"
#include "base/release.h"
#include "index/blocking.h"
#include "link/cluster.h"
#include "link/compare.h"
#include "link/keys.h"
#include "link/losses.h"
#include "link/samples.h"
#include "link/train.h"
#include "link/walk.h"
#include "link/wrong_links.h"

namespace clew::link {
namespace {

constexpr double kKeepFloor = -9;    // nats: pairs below are never looked at again
constexpr double kEdgeFloor = -4.6;  // pairs from a probability of .01 on are kept as links
constexpr double kOpenFloor = -4;    // pairs below open no neighbourhood in the clustering
constexpr double kStopLowest =
    -1;  // merging goes no further, whatever share of wrong links is wished
// What a run needs in memory, for --memory: measured, rounded up.
constexpr double kBytesPerValue = 36, kBytesPerCell = 12, kBytesPerRecord = 150,
                 kBytesPerPlace = 10;
constexpr std::uint32_t kBlockMin = 6;   // smallest cap on blocks, however large the file
constexpr double kGivenBlockMax = 5000;  // largest block of a rule that the user gave

double bits(double nats) { return nats * std::numbers::log2e; }

// The cap on blocks that keeps the pairs within the budget: about one pair a record and unit of
// cap.
std::uint32_t block_cap(const Options& options, std::uint32_t records) {
  const double per_record =
      std::min(options.pairs_per_record, options.pairs_total / std::max<double>(1, records));
  return std::clamp(static_cast<std::uint32_t>(per_record * 0.75), kBlockMin,
                    std::max(kBlockMin, options.block_max));
}

// A model before any training, good enough to tell likely pairs from chance ones while rules are
// chosen.
class RoughModel {
 public:
  explicit RoughModel(const Comparer& comparer) : trainer_(comparer, samples_, options_) {
    options_.u_pairs = kRoughPairs;
    samples_.random = draw_random_records(comparer, options_);
    trainer_.fit_rough();
  }
  double probability(std::uint32_t a, std::uint32_t b, Scratch& scratch) const {
    return 1 / (1 + std::exp(-trainer_.scorer().score(a, b, scratch)));
  }

 private:
  static constexpr std::uint64_t kRoughPairs = 50000;
  Options options_;
  Samples samples_;
  Trainer trainer_;
};

// Rank of every value of a field by its text.
std::vector<std::uint32_t> text_ranks(const Field& field) {
  std::vector<std::uint32_t> values(field.values.size()), rank(field.values.size());
  std::iota(values.begin(), values.end(), 0U);
  std::sort(values.begin(), values.end(),
            [&](std::uint32_t a, std::uint32_t b) { return field.key(a) < field.key(b); });
  for (std::uint32_t k = 0; k < values.size(); ++k) rank[values[k]] = k;
  return rank;
}

// An order that puts records of one name side by side: partners then lie in the same memory.
std::vector<std::uint32_t> order_by_name(const Records& records) {
  const auto field_of = [&](Role role, std::size_t otherwise) {
    for (std::size_t f = 0; f < records.fields.size(); ++f) {
      if (records.fields[f].spec.role == role) return f;
    }
    return std::min(otherwise, records.fields.size() - 1);
  };
  const Field& first = records.fields[field_of(Role::family_name, 0)];
  const Field& second = records.fields[field_of(Role::given_name, 1)];
  const auto first_rank = text_ranks(first), second_rank = text_ranks(second);
  std::vector<std::uint32_t> order(records.count());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t r) {
    return std::pair(first_rank[first.of_record[r]], second_rank[second.of_record[r]]);
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto x = key(a), y = key(b);
    return x != y ? x < y : a < b;
  });
  return order;
}

class Run {
 public:
  Run(const Records& records, const Options& options, const Progress& progress)
      : records_(records),
        options_(options),
        progress_(progress),
        order_(order_by_name(records)),
        comparer_(records, options.deterministic.empty(), order_) {}

  Result<Outcome> run(const Model* given) {
    TRY(find_candidates());
    if (given != nullptr) {
      Trainer trainer(comparer_, samples_, options_);
      trainer.adopt(*given);
      score_candidates(trainer);
      resolve(trainer);
      return finish(trainer);
    }
    if (!options_.deterministic.empty()) return run_classic();
    report("sampling");
    samples_ = draw_samples(comparer_, candidates_, options_);
    Trainer trainer(comparer_, samples_, options_);
    report("training");
    trainer.fit(nullptr);
    score_candidates(trainer);
    for (unsigned pass = 1; pass < options_.passes; ++pass) {
      report("clustering");
      const auto entity = group(trainer);
      report("training once per entity");
      trainer.fit(&entity);
    }
    report("clustering");
    resolve(trainer);
    return finish(trainer);
  }

 private:
  void report(std::string_view stage) const {
    if (progress_) progress_(stage, 0, 0);
  }

  Result<void> find_candidates() {
    report("blocking");
    keys_ = make_keys(records_, order_, options_.threads, options_.rules);
    index::BlockingOptions blocking;
    blocking.given = TRY(find_rules(records_, keys_, options_));
    blocking.keys_max = options_.keys_max;
    blocking.memberships_max = memberships_max();
    blocking.block_max = blocking.given.empty() ? block_cap(options_, records_.count())
                                                : static_cast<std::uint32_t>(kGivenBlockMax);
    RoughModel rough(comparer_);
    Scratch scratch(comparer_);
    blocking.likely = [&](std::uint32_t a, std::uint32_t b) {
      return rough.probability(a, b, scratch);
    };
    outcome_.blocking.block_max = blocking.block_max;
    candidates_ = index::block(keys_.columns, records_.count(), blocking, progress_);
    forget_keys(candidates_, keys_);
    return {};
  }

  // Places in blocks that the memory asked for has room for, beside what records and values need
  // anyway.
  std::uint64_t memberships_max() const {
    if (options_.memory_bytes == 0) return 0;
    double values = 0;
    for (const Field& field : records_.fields) {
      values +=
          static_cast<double>(field.values.bytes().size()) + kBytesPerValue * field.values.size();
    }
    const double n = records_.count();
    const double fixed =
        n * (kBytesPerCell * static_cast<double>(records_.fields.size()) + kBytesPerRecord) +
        values;
    const double left = static_cast<double>(options_.memory_bytes) - fixed;
    return static_cast<std::uint64_t>(std::max(n, left / kBytesPerPlace));
  }

  Result<Outcome> run_classic() {
    samples_.random = draw_random_records(comparer_, options_);
    Trainer trainer(comparer_, samples_, options_);
    trainer.fit_classic();
    score_candidates(trainer);
    resolve(trainer);
    return finish(trainer);
  }

  void score_candidates(const Trainer& trainer) {
    walked_ = walk(trainer.scorer(), candidates_, kKeepFloor, options_.threads, progress_);
  }

  // Components ask for no pair below the ones to review, so none is kept.
  double edge_floor() const {
    if (options_.clustering != Clustering::components) return kEdgeFloor;
    const double lowest = std::min(options_.review_low, options_.threshold);
    return std::log(lowest / (1 - lowest));
  }

  // Kept pairs under the current model that open a neighbourhood, in nats.
  std::vector<ScoredPair> scored(const Trainer& trainer) const {
    std::vector<ScoredPair> pairs;
    Scratch scratch(comparer_);
    const Scorer& scorer = trainer.scorer();
    for (const KeptPair& k : walked_.kept) {
      const double score = scorer.log_odds(k.a, k.b, scorer.sums(k.a, k.b, k.pattern, scratch));
      if (score > edge_floor()) pairs.push_back({k.a, k.b, score, k.pattern});
    }
    return pairs;
  }

  std::vector<ClusterMerge> merges(const Trainer& trainer, const std::vector<ScoredPair>& pairs,
                                   double stop) const {
    ClusterOptions cluster_options;
    cluster_options.stop = stop;
    cluster_options.open = kOpenFloor;
    cluster_options.threads = options_.threads;
    return cluster(trainer.scorer(), pairs, cluster_options);
  }

  // Entities of a pass that only serves to count once per entity.
  std::vector<std::uint32_t> group(const Trainer& trainer) const {
    return entities_at(records_.count(), merges(trainer, scored(trainer), kPassStop), kPassStop);
  }

  void resolve(const Trainer& trainer) {
    const std::vector<ScoredPair> pairs = scored(trainer);
    release(walked_.kept);
    samples_ = Samples();
    if (options_.clustering == Clustering::components) {
      const double threshold = std::log(options_.threshold / (1 - options_.threshold));
      outcome_.entity = components(records_.count(), pairs, threshold);
      outcome_.estimates.threshold_bits = bits(threshold);
    } else {
      const auto found = merges(trainer, pairs, kStopLowest);
      const Cut cut = choose_cut(found, options_.wrong_links);
      outcome_.entity = entities_at(records_.count(), found, cut.height);
      outcome_.estimates.wrong_share = cut.wrong_share;
      outcome_.estimates.threshold_bits = bits(cut.height);
      for (const ClusterMerge& m : found) {
        if (m.height > cut.height) outcome_.merges.push_back({m.a, m.b, bits(m.score)});
      }
    }
    losses_ = find_losses(outcome_.entity, candidates_, keys_);
    candidates_.forget_pairs();
    outcome_.edges.reserve(pairs.size());
    for (const ScoredPair& p : pairs) {
      const bool together = outcome_.entity[p.a] == outcome_.entity[p.b];
      const double probability = 1 / (1 + std::exp(-p.score));
      const Decision decision = together                             ? Decision::linked
                                : probability >= options_.review_low ? Decision::review
                                                                     : Decision::apart;
      outcome_.edges.push_back({p.a, p.b, bits(p.score), decision});
    }
  }

  // From the order of the run to the numbers of the records: entities by their lowest record, pairs
  // ascending.
  void restore_order() {
    std::vector<std::uint32_t> lowest(records_.count(), ~0U), entity(records_.count());
    for (std::uint32_t k = 0; k < records_.count(); ++k) {
      std::uint32_t& low = lowest[outcome_.entity[k]];
      low = std::min(low, order_[k]);
    }
    for (std::uint32_t k = 0; k < records_.count(); ++k)
      entity[order_[k]] = lowest[outcome_.entity[k]];
    outcome_.entity = std::move(entity);
    for (Edge& edge : outcome_.edges) {
      std::tie(edge.a, edge.b) = std::minmax({order_[edge.a], order_[edge.b]});
    }
    std::sort(outcome_.edges.begin(), outcome_.edges.end(),
              [](const Edge& x, const Edge& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
    restore_merges();
  }

  // The sides of a merge are named by their lowest records, which the order may have changed.
  void restore_merges() {
    std::vector<std::uint32_t> lowest(order_);  // per representative in the run: lowest record
    for (Merge& merge : outcome_.merges) {
      const std::uint32_t a = merge.a, b = merge.b;
      merge.a = lowest[a];
      merge.b = lowest[b];
      lowest[std::min(a, b)] = std::min(merge.a, merge.b);
      if (merge.a > merge.b) std::swap(merge.a, merge.b);
    }
    std::stable_sort(outcome_.merges.begin(), outcome_.merges.end(),
                     [&](const Merge& x, const Merge& y) {
                       return outcome_.entity[x.a] < outcome_.entity[y.a];
                     });
  }

  Outcome finish(const Trainer& trainer) {
    restore_order();
    outcome_.model = trainer.finished();
    outcome_.warnings = trainer.warnings();
    if (candidates_.left_out > 0) {
      outcome_.warnings.push_back(
          std::to_string(candidates_.left_out) +
          " blocking rules did not fit into the memory asked for and were left "
          "out: links that only they find are missed; allow more with --memory");
    }
    describe_blocking();
    estimate();
    return std::move(outcome_);
  }

  void describe_blocking() {
    BlockingReport& out = outcome_.blocking;
    const double n = records_.count();
    out.pairs_possible = n * (n - 1) / 2;
    out.pairs_compared = walked_.pairs;
    for (const index::Rule& rule : candidates_.tried) {
      if (rule.pairs == 0 && rule.hub_records == 0) continue;
      out.rules.push_back(
          {rule_words(keys_, rule), rule.pairs, rule.blocks, rule.hub_records, rule.largest_block});
    }
    out.hubs = losses_.hubs;
    out.matches_expected = walked_.matches;
    out.matches_lost =
        walked_.matches * losses_.share_lost / (1 - std::min(0.9, losses_.share_lost));
    for (std::size_t k = 0; k < kScoreBins; ++k) {
      const double width = 1.0 / kScoreBins;
      outcome_.scores.push_back(
          {static_cast<double>(k) * width, static_cast<double>(k + 1) * width, walked_.bins[k]});
    }
  }

  // Missed: likely pairs that the clustering left apart, and matches that were never compared and
  // that no entity closes over.
  void estimate() {
    Estimates& out = outcome_.estimates;
    out.pairs_inside = losses_.pairs;
    double apart = 0;
    for (const Edge& edge : outcome_.edges) {
      if (edge.decision != Decision::linked) apart += 1 / (1 + std::exp2(-edge.bits));
    }
    const double never = std::max(0.0, outcome_.blocking.matches_lost - losses_.uncompared);
    const double right = out.pairs_inside * (1 - out.wrong_share);
    out.missed_share = right + apart + never > 0 ? (apart + never) / (right + apart + never) : 0;
  }

  static constexpr double kPassStop = -1;  // nats, for the clustering between two passes

  const Records& records_;
  const Options& options_;
  const Progress& progress_;
  std::vector<std::uint32_t> order_;
  Comparer comparer_;
  Keys keys_;
  index::Candidates candidates_;
  Samples samples_;
  WalkResult walked_;
  Losses losses_;
  Outcome outcome_;
};

}  // namespace

Result<Outcome> link(const Records& records, const Options& options, const Model* given,
                     const Progress& progress) {
  if (records.count() == 0) return fail(ErrorCode::invalid_input, "there are no records to link");
  if (records.fields.empty()) {
    return fail(ErrorCode::invalid_input,
                "no column was understood as evidence: name the fields in a "
                "settings file (--print-settings writes one to edit)");
  }
  if (records.fields.size() > kFieldsMax) {
    return fail(ErrorCode::invalid_input, "at most 16 fields can be compared");
  }
  return Run(records, options, progress).run(given);
}

}  // namespace clew::link
