#include "link/scorer.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/rng.h"

namespace clew::link {
namespace {

// Distinguishes scorers, so that a scratch never serves sums of an older model.
std::uint64_t next_identity() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

double log_ratio(double a, double b) { return a > 0 && b > 0 ? std::log(a / b) : 0; }

}  // namespace

Scorer::Scorer(const Comparer& comparer, const Model& model, const Frequencies& frequencies,
               const FuzzyFrequency* fuzzy)
    : comparer_(comparer),
      model_(model),
      fuzzy_(fuzzy),
      match_(comparer.fields()),
      relative_(comparer.fields()),
      exact_(comparer.fields()),
      log_consistent_(comparer.fields(), 0),
      identity_(next_identity()) {
  for (std::size_t f = 0; f < comparer.fields(); ++f) {
    const auto& levels = model.fields[f].levels;
    for (std::size_t l = 1; l < levels.size(); ++l) {
      match_[f][l] = log_ratio(levels[l].m, levels[l].u);
      relative_[f][l] = log_ratio(levels[l].h, levels[l].u);
    }
    shared_.push_back(model.fields[f].spec.household);
    if (comparer.plan(f).has_partial()) {
      log_consistent_[f] =
          std::log(levels[static_cast<std::size_t>(comparer.plan(f).consistent())].u);
    }
    const std::uint32_t values = comparer.records().fields[f].values.size();
    exact_[f].assign(values, 0);
    if (!model.fields[f].spec.frequency) continue;
    const double log_u = std::log(levels[static_cast<std::size_t>(comparer.equal_level(f))].u);
    // Most values are rare, and all rare ones are alike.
    const auto rare = static_cast<float>(log_u - std::log(frequencies.share(f, kCountFloor)));
    for (std::uint32_t v = 1; v < values; ++v) {
      const double count = static_cast<double>(frequencies.count[f][v]);
      exact_[f][v] = count <= kCountKept
                         ? rare
                         : static_cast<float>(log_u - std::log(frequencies.share(f, count - 1)));
    }
  }
  whole_name_.assign(frequencies.whole_name_count.size(), 0);
  if (comparer.whole_names() &&
      model.fields[static_cast<std::size_t>(comparer.given())].spec.frequency &&
      model.options.deterministic.empty()) {
    const auto g = static_cast<std::size_t>(comparer.given());
    const auto s = static_cast<std::size_t>(comparer.family());
    for (std::uint32_t r = 0; r < comparer.count(); ++r) {
      const std::uint32_t name = comparer.whole_name(r);
      if (name == 0) continue;
      const double given = static_cast<double>(frequencies.count[g][comparer.row(r)[g]]);
      const double family = static_cast<double>(frequencies.count[s][comparer.row(r)[s]]);
      const double expected = given / frequencies.total[g] * family / frequencies.total[s] *
                              frequencies.whole_name_total;
      whole_name_[name] = static_cast<float>(
          std::log((static_cast<double>(frequencies.whole_name_count[name]) + 1) / (expected + 1)));
    }
  }
  refresh_priors();
}

void Scorer::refresh_priors() {
  log_match_ = std::log(model_.prior_match);
  relatives_ = model_.prior_relative > 0;
  log_relative_ = relatives_ ? std::log(model_.prior_relative) : 0;
  log_rest_ = std::log(1 - model_.prior_match - model_.prior_relative);
}

double Scorer::combine(double match, double relative) const {
  const double one = log_match_ + match;
  if (!relatives_) return one - log_rest_;
  const double kin = log_relative_ + relative;
  const double high = std::max(log_rest_, kin);
  return one - (high + std::log1p(std::exp(-std::fabs(log_rest_ - kin))));
}

void Scorer::level_terms(Pattern pattern, Evidence& out) const {
  const std::size_t n = comparer_.fields();
  std::uint32_t equal = 0;
  for (std::size_t f = 0; f < n; ++f) {
    const int level = level_of(pattern, f);
    out.level[f] = match_[f][static_cast<std::size_t>(level)];
    out.relative[f] = relative_[f][static_cast<std::size_t>(level)];
    out.dependence[f] = 0;
    if (level == comparer_.equal_level(f)) equal |= 1U << f;
  }
  if (!model_.dependence.empty()) {
    if (comparer_.whole_names() && (equal >> comparer_.given() & 1) != 0 &&
        (equal >> comparer_.family() & 1) != 0) {
      equal |= 1U << n;
    }
    for (std::size_t f = 0; f < n; ++f) {
      const auto level = static_cast<std::size_t>(level_of(pattern, f));
      if (level == 0 || level >= model_.fields[f].levels.size()) continue;
      double most = 0;
      for (std::size_t p = 0; p <= n; ++p) {
        if ((equal >> p & 1) == 0 || p == f) continue;
        if (model_.dependence_order[p] >= model_.dependence_order[f]) continue;
        const double d = static_cast<double>(model_.dependence[p][f][level]);
        if (std::fabs(d) > std::fabs(most)) most = d;
      }
      out.dependence[f] = -most;
      out.relative[f] -= most;
    }
  }
  for (std::size_t f = 0; f < n; ++f) out.match[f] = out.level[f] + out.dependence[f];
}

// Equal values, or entries that share one of several: the rarest shared value speaks.
double Scorer::exact_rarity(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  const Field& f = comparer_.records().fields[field];
  const auto* as = f.parts(a);
  const auto* bs = f.parts(b);
  if (as == nullptr && bs == nullptr) return static_cast<double>(exact_[field][a]);
  const std::vector<std::uint32_t> one_a{a}, one_b{b};
  double best = -1e18;
  for (const std::uint32_t x : as != nullptr ? *as : one_a) {
    for (const std::uint32_t y : bs != nullptr ? *bs : one_b) {
      if (x == y) best = std::max(best, static_cast<double>(exact_[field][x]));
    }
  }
  return best < -1e17 ? 0 : best;
}

double Scorer::rarity(std::size_t field, std::uint32_t a, std::uint32_t b, int level) const {
  const int equal = comparer_.equal_level(field);
  if (level == equal) return exact_rarity(field, a, b);
  if (level > comparer_.plan(field).whole_top) {
    // Narrow intervals that overlap say more than wide ones.
    return level == comparer_.plan(field).consistent()
               ? log_consistent_[field] + comparer_.ratio(field)->log_overlap(a, b)
               : 0;
  }
  if (level > kDiffer && level < equal && fuzzy_ != nullptr && fuzzy_->covers(field)) {
    return fuzzy_->half_shift(field, a, level) + fuzzy_->half_shift(field, b, level);
  }
  return 0;
}

Evidence Scorer::evidence(std::uint32_t a, std::uint32_t b, Pattern pattern) const {
  Evidence out;
  level_terms(pattern, out);
  const std::uint32_t* x = comparer_.row(a);
  const std::uint32_t* y = comparer_.row(b);
  for (std::size_t f = 0; f < comparer_.fields(); ++f) {
    const int level = level_of(pattern, f);
    out.rarity[f] = rarity(f, x[f], y[f], level);
    if (shared_[f]) out.relative[f] += out.rarity[f];
  }
  if (comparer_.whole_names()) {
    const std::uint32_t name = comparer_.whole_name(a);
    if (name != 0 && name == comparer_.whole_name(b)) {
      out.rarity[static_cast<std::size_t>(comparer_.given())] -=
          static_cast<double>(whole_name_[name]);
    }
  }
  for (std::size_t f = 0; f < comparer_.fields(); ++f) out.match[f] += out.rarity[f];
  return out;
}

Sums Scorer::sums(std::uint32_t a, std::uint32_t b, Pattern pattern, Scratch& scratch) const {
  if (scratch.owner_ != identity_) {
    scratch.patterns_.assign(1U << 10, {});
    scratch.used_ = 0;
    scratch.owner_ = identity_;
  }
  std::size_t at = mix64(pattern) & (scratch.patterns_.size() - 1);
  while (scratch.patterns_[at].pattern != pattern && scratch.patterns_[at].pattern != ~0ULL) {
    at = (at + 1) & (scratch.patterns_.size() - 1);
  }
  if (scratch.patterns_[at].pattern != pattern) {
    Evidence terms;
    level_terms(pattern, terms);
    Scratch::Entry entry{pattern, 0, 0};
    for (std::size_t f = 0; f < comparer_.fields(); ++f) {
      entry.match += terms.match[f];
      entry.relative += terms.relative[f];
    }
    if (++scratch.used_ * 2 > scratch.patterns_.size()) {
      auto old = std::move(scratch.patterns_);
      scratch.patterns_.assign(old.size() * 2, {});
      const std::size_t mask = scratch.patterns_.size() - 1;
      for (const auto& e : old) {
        if (e.pattern == ~0ULL) continue;
        std::size_t to = mix64(e.pattern) & mask;
        while (scratch.patterns_[to].pattern != ~0ULL) to = (to + 1) & mask;
        scratch.patterns_[to] = e;
      }
      at = mix64(pattern) & mask;
      while (scratch.patterns_[at].pattern != ~0ULL) at = (at + 1) & mask;
    }
    scratch.patterns_[at] = entry;
  }
  Sums out{scratch.patterns_[at].match, scratch.patterns_[at].relative};
  const std::uint32_t* x = comparer_.row(a);
  const std::uint32_t* y = comparer_.row(b);
  for (std::size_t f = 0; f < comparer_.fields(); ++f) {
    const int level = level_of(pattern, f);
    if (level <= kDiffer) continue;
    const double rare = rarity(f, x[f], y[f], level);
    out.match += rare;
    if (shared_[f]) out.relative += rare;
  }
  if (comparer_.whole_names()) {
    const std::uint32_t name = comparer_.whole_name(a);
    if (name != 0 && name == comparer_.whole_name(b)) {
      out.match -= static_cast<double>(whole_name_[name]);
    }
  }
  return out;
}

}  // namespace clew::link
