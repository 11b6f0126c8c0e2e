#include "link/em.h"

#include <algorithm>
#include <cmath>

namespace clew::link {
namespace {

constexpr double kLeast = 1e-7;  // no level is impossible
constexpr double kSwappedShare = 0.01;
constexpr double kDifferMost = 0.5;    // share of matches that may differ in a personal field
constexpr double kEqualLeast = 0.25;   // ... that must be equal in it
constexpr double kKindredMost = 0.05;  // share of relatives that may be equal in a kindred field
constexpr double kKindredPairs = 50;   // pseudo-pairs at u that hold the h of kindred fields

// Distinct patterns, so that each is weighed once a round however many rules show it.
struct Rows {
  std::vector<Pattern> patterns;
  struct Row {
    std::uint32_t rule, pattern;
    double count;
  };
  std::vector<Row> rows;
};

Rows gather(const std::vector<PatternCount>& counts) {
  Rows out;
  for (const PatternCount& c : counts) out.patterns.push_back(c.pattern);
  std::sort(out.patterns.begin(), out.patterns.end());
  out.patterns.erase(std::unique(out.patterns.begin(), out.patterns.end()), out.patterns.end());
  out.rows.reserve(counts.size());
  for (const PatternCount& c : counts) {
    const auto at = std::lower_bound(out.patterns.begin(), out.patterns.end(), c.pattern);
    out.rows.push_back({c.rule, static_cast<std::uint32_t>(at - out.patterns.begin()), c.count});
  }
  return out;
}

// Calls each(first, last) for the levels of each scale.
template <typename Each>
void each_scale(const LevelPlan& plan, const Each& each) {
  each(1, plan.whole_top);
  if (plan.has_partial()) each(plan.whole_top + 1, plan.top);
}

// Isotonic regression of p/u over levels first ... last with weights u (pool adjacent violators).
void make_monotone(std::array<double, 16>& p, const std::array<double, 16>& u, int first,
                   int last) {
  struct Block {
    double p, u;
    int levels;
  };
  std::vector<Block> blocks;
  for (int l = first; l <= last; ++l) {
    blocks.push_back({p[static_cast<std::size_t>(l)], u[static_cast<std::size_t>(l)], 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].p / blocks[blocks.size() - 2].u >
                                    blocks.back().p / blocks.back().u) {
      const Block top = blocks.back();
      blocks.pop_back();
      blocks.back().p += top.p;
      blocks.back().u += top.u;
      blocks.back().levels += top.levels;
    }
  }
  int level = first;
  for (const Block& block : blocks) {
    for (int k = 0; k < block.levels; ++k, ++level) {
      p[static_cast<std::size_t>(level)] = block.p * u[static_cast<std::size_t>(level)] / block.u;
    }
  }
}

void update(std::array<double, 16>& p, std::array<double, 16> seen, const EmField& field,
            const EmOptions& options) {
  each_scale(field.plan, [&](int first, int last) {
    double sum = 0;
    for (int l = first; l <= last; ++l) {
      const auto k = static_cast<std::size_t>(l);
      seen[k] += options.prior_pairs * default_m(l, field.plan);
      sum += seen[k];
    }
    for (int l = first; l <= last; ++l) {
      const auto k = static_cast<std::size_t>(l);
      p[k] = std::max(kLeast, seen[k] / sum);
    }
  });
  if (options.monotone) keep_monotone(p, field);
}

// Gives one level of a scale the share `wanted`; the others keep their proportions.
void set_share(std::array<double, 16>& p, int first, int last, std::size_t level, double wanted) {
  const double rest = 1 - p[level];
  for (int l = first; l <= last; ++l) {
    const auto k = static_cast<std::size_t>(l);
    if (k != level) p[k] *= (1 - wanted) / std::max(kLeast, rest);
  }
  p[level] = wanted;
}

// Without this, a file of families without a single duplicate teaches EM that brothers are matches.
void bound_personal(std::array<double, 16>& m, const LevelPlan& plan) {
  each_scale(plan, [&](int first, int last) {
    const auto differ = static_cast<std::size_t>(first);
    const auto equal = static_cast<std::size_t>(first == 1 ? plan.equal : last);
    set_share(m, first, last, differ, std::min(m[differ], kDifferMost));
    set_share(m, first, last, equal, std::max(m[equal], kEqualLeast));
  });
}

// Twins are rare, so few relatives share a birth date.
void bound_kindred(std::array<double, 16>& h, const LevelPlan& plan) {
  const auto equal = static_cast<std::size_t>(plan.equal);
  set_share(h, 1, plan.whole_top, equal, std::min(h[equal], kKindredMost));
}

void update_kindred(EmField& field, const std::array<double, 16>& seen) {
  for (int l = 1; l <= field.plan.top; ++l) {
    const auto k = static_cast<std::size_t>(l);
    field.h[k] = seen[k] + kKindredPairs * field.u[k];
  }
  normalise(field.h, field.plan);
  bound_kindred(field.h, field.plan);
}

class Fit {
 public:
  Fit(std::vector<EmField>& fields, const std::vector<PatternCount>& counts, std::uint32_t rules,
      const EmOptions& options)
      : fields_(fields), options_(options), data_(gather(counts)) {
    result_.mix.assign(rules, {0.3, options.relatives ? 0.2 : 0.0, 0.5});
    if (!options.relatives) {
      for (auto& mix : result_.mix) mix = {0.375, 0.0, 0.625};
    }
    like_match_.resize(data_.patterns.size());
    like_kin_.resize(data_.patterns.size());
  }

  EmResult run() {
    for (EmField& field : fields_) {
      normalise(field.m, field.plan);
      if (field.household) {
        normalise(field.h, field.plan);
      } else {
        field.h = field.u;
      }
    }
    double before = -1e300;
    for (result_.rounds = 1; result_.rounds <= options_.rounds_max; ++result_.rounds) {
      weigh_patterns();
      const double now = expect();
      maximise();
      if (std::fabs(now - before) <= options_.tolerance * std::fabs(now)) {
        result_.converged = true;
        break;
      }
      before = now;
    }
    result_.rounds = std::min(result_.rounds, options_.rounds_max);
    result_.seen = seen_match_;
    return std::move(result_);
  }

 private:
  void weigh_patterns() {
    const std::size_t n = fields_.size();
    std::vector<std::array<double, 16>> ratio_m(n), ratio_h(n);
    for (std::size_t f = 0; f < n; ++f) {
      ratio_m[f].fill(1);
      ratio_h[f].fill(1);
      for (int l = 1; l <= fields_[f].plan.top; ++l) {
        const auto k = static_cast<std::size_t>(l);
        ratio_m[f][k] = fields_[f].m[k] / fields_[f].u[k];
        ratio_h[f][k] = fields_[f].h[k] / fields_[f].u[k];
      }
    }
    for (std::size_t p = 0; p < data_.patterns.size(); ++p) {
      double match = 1, kin = 1;
      for (std::size_t f = 0; f < n; ++f) {
        const auto level = static_cast<std::size_t>(level_of(data_.patterns[p], f));
        match *= ratio_m[f][level];
        kin *= ratio_h[f][level];
      }
      like_match_[p] = match;
      like_kin_[p] = kin;
    }
  }

  // Shares every row out over the three classes; returns the log-likelihood (up to u).
  double expect() {
    weight_match_.assign(data_.patterns.size(), 0);
    weight_kin_.assign(data_.patterns.size(), 0);
    class_sums_.assign(result_.mix.size(), {0, 0, 0});
    double log_likelihood = 0;
    for (const auto& row : data_.rows) {
      const auto& mix = result_.mix[row.rule];
      const double match = mix[0] * like_match_[row.pattern];
      const double kin = mix[1] * like_kin_[row.pattern];
      const double sum = match + kin + mix[2];
      log_likelihood += row.count * std::log(sum);
      const double scale = row.count / sum;
      auto& sums = class_sums_[row.rule];
      sums[0] += match * scale;
      sums[1] += kin * scale;
      sums[2] += mix[2] * scale;
      weight_match_[row.pattern] += match * scale;
      weight_kin_[row.pattern] += kin * scale;
    }
    return log_likelihood;
  }

  void maximise() {
    for (std::size_t r = 0; r < result_.mix.size(); ++r) {
      const auto& s = class_sums_[r];
      const double sum = s[0] + s[1] + s[2] + 1;  // one pseudo-pair, spread as below
      result_.mix[r] = {(s[0] + 0.4) / sum, options_.relatives ? (s[1] + 0.1) / sum : 0,
                        (s[2] + 0.5) / sum};
    }
    const std::size_t n = fields_.size();
    seen_match_.assign(n, {});
    std::vector<std::array<double, 16>> seen_kin(n);
    for (auto& s : seen_kin) s.fill(0);
    for (std::size_t p = 0; p < data_.patterns.size(); ++p) {
      for (std::size_t f = 0; f < n; ++f) {
        const auto level = static_cast<std::size_t>(level_of(data_.patterns[p], f));
        seen_match_[f][level] += weight_match_[p];
        seen_kin[f][level] += weight_kin_[p];
      }
    }
    for (std::size_t f = 0; f < n; ++f) {
      update(fields_[f].m, seen_match_[f], fields_[f], options_);
      if (fields_[f].personal) bound_personal(fields_[f].m, fields_[f].plan);
      if (!options_.relatives) continue;
      if (fields_[f].household) update(fields_[f].h, seen_kin[f], fields_[f], options_);
      if (fields_[f].kindred && !fields_[f].household) update_kindred(fields_[f], seen_kin[f]);
    }
  }

  std::vector<EmField>& fields_;
  const EmOptions& options_;
  Rows data_;
  EmResult result_;
  std::vector<double> like_match_, like_kin_, weight_match_, weight_kin_;
  std::vector<std::array<double, 3>> class_sums_;
  std::vector<std::array<double, 16>> seen_match_;
};

}  // namespace

double default_m(int level, const LevelPlan& plan) {
  if (level > plan.whole_top) {
    if (level == plan.consistent()) return 0.85;
    return level == plan.whole_top + 1 ? 0.05 : 0.10;
  }
  if (level > plan.equal) return kSwappedShare;
  if (level == plan.equal) return 0.85;
  if (level == kDiffer) return plan.equal > 2 ? 0.05 : 0.15;
  return 0.10 / (plan.equal - 2);
}

void normalise(std::array<double, 16>& p, const LevelPlan& plan) {
  each_scale(plan, [&](int first, int last) {
    double sum = 0;
    for (int l = first; l <= last; ++l) sum += p[static_cast<std::size_t>(l)];
    for (int l = first; l <= last && sum > 0; ++l) p[static_cast<std::size_t>(l)] /= sum;
  });
}

void keep_monotone(std::array<double, 16>& p, const EmField& field) {
  each_scale(field.plan, [&](int first, int last) {
    make_monotone(p, field.u, first, first == 1 ? field.plan.equal : last);
  });
}

EmResult fit(std::vector<EmField>& fields, const std::vector<PatternCount>& rows,
             std::uint32_t rules, const EmOptions& options) {
  return Fit(fields, rows, rules, options).run();
}

}  // namespace clew::link
