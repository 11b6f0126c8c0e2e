#include "link/train.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/rng.h"
#include "link/classic.h"
#include "link/dependence.h"
#include "link/prior.h"

namespace clew::link {
namespace {

constexpr double kRandomPseudo = 0.5;  // pseudo-count per level in the random pairs
constexpr double kFreedAtMost = 0.7;   // of u may be matches
constexpr unsigned kFreeingRounds = 1;
constexpr unsigned kDependenceRounds = 2;
constexpr const char* kPartialWords[kPartialLevels] = {
    "known in part: apart", "known in part: nearly consistent", "known in part: consistent"};
constexpr double kPriorStart = 1e-4;
constexpr double kEntityPairs = 400000;      // pairs inside entities that are looked at
constexpr std::size_t kNeighboursMax = 200;  // of one record, however large its entity
constexpr double kEntityPseudo = 20;         // pseudo-pairs at the start values
constexpr double kLeastM = 1e-7;

// What one person keeps and the members of a household do not share.
bool is_personal(Role role) {
  return role == Role::given_name || role == Role::birth_date || role == Role::sex;
}

// What relatives who do not share it may still have alike.
bool is_kindred(Role role) { return role == Role::birth_date || role == Role::email; }

std::vector<std::uint32_t> entity_sizes(const std::vector<std::uint32_t>& entity) {
  std::vector<std::uint32_t> size(entity.size(), 0);
  for (const std::uint32_t e : entity) ++size[e];
  return size;
}

}  // namespace

Trainer::Trainer(const Comparer& comparer, const Samples& samples, const Options& options)
    : comparer_(comparer), samples_(samples), options_(options) {
  start_model();
}

void Trainer::start_model() {
  model_.salt = mix64(options_.seed, 0xC1EE);
  model_.options = options_;
  model_.sources = comparer_.records().sources;
  model_.records_trained_on = comparer_.count();
  for (std::size_t f = 0; f < comparer_.fields(); ++f) {
    FieldModel field;
    field.spec = comparer_.records().fields[f].spec;
    const FieldType& type = field_type(field.spec.comparison);
    field.levels.push_back({"missing", 1, 1, 1, true});
    const LevelPlan& plan = comparer_.plan(f);
    for (int l = 1; l <= plan.top; ++l) {
      const std::string words = l > plan.whole_top ? kPartialWords[l - plan.whole_top - 1]
                                : l > plan.equal   ? "given and family name exchanged"
                                                   : type.level_words(field.spec, l);
      field.levels.push_back({words, default_m(l, plan), 0, 0, true});
    }
    model_.fields.push_back(std::move(field));
  }
  const double n = std::max<double>(2, comparer_.count());
  model_.prior_match = std::min(kPriorStart, 1 / n);
}

// Exact level from the frequencies, fuzzy ones from random pairs, rescaled to fill what is left.
// With entities, a pair weighs 1 over the sizes of its two entities, which are never the same.
void Trainer::estimate_u(const std::vector<std::uint32_t>* entity) {
  const std::size_t n = comparer_.fields();
  sampled_u_ = count_random_levels(comparer_, samples_.random, entity, options_.threads);
  for (std::size_t f = 0; f < n; ++f) {
    auto& u = sampled_u_[f];
    const LevelPlan& plan = comparer_.plan(f);
    const auto equal = static_cast<std::size_t>(plan.equal);
    for (int l = 1; l <= plan.top; ++l) u[static_cast<std::size_t>(l)] += kRandomPseudo;
    u[equal] = 0;
    normalise(u, plan);
    const double exact = std::min(0.98, frequencies_.equal_chance[f]);
    for (int l = 1; l <= plan.whole_top; ++l) u[static_cast<std::size_t>(l)] *= 1 - exact;
    u[equal] = exact;
    for (int l = 1; l <= plan.top; ++l) {
      model_.fields[f].levels[static_cast<std::size_t>(l)].u = u[static_cast<std::size_t>(l)];
    }
  }
}

// Random pairs hold a few matches; what those explain of u is taken out.
void Trainer::free_u_of_matches() {
  for (std::size_t f = 0; f < comparer_.fields(); ++f) {
    auto& levels = model_.fields[f].levels;
    std::array<double, 16> freed{};
    for (std::size_t l = 1; l < levels.size(); ++l) {
      const double u = sampled_u_[f][l];
      freed[l] = std::max(u - model_.prior_match * levels[l].m, (1 - kFreedAtMost) * u);
    }
    normalise(freed, comparer_.plan(f));
    for (std::size_t l = 1; l < levels.size(); ++l) levels[l].u = freed[l];
  }
}

void Trainer::run_em() {
  std::vector<EmField> fields(comparer_.fields());
  for (std::size_t f = 0; f < fields.size(); ++f) {
    EmField& field = fields[f];
    field.plan = comparer_.plan(f);
    field.household = model_.fields[f].spec.household;
    field.kindred = is_kindred(model_.fields[f].spec.role);
    field.personal = is_personal(model_.fields[f].spec.role);
    for (int l = 1; l <= field.plan.top; ++l) {
      const auto k = static_cast<std::size_t>(l);
      const Level& level = model_.fields[f].levels[k];
      field.u[k] = level.u;
      field.m[k] = warm_ ? level.m : default_m(l, field.plan);
      field.h[k] = warm_ && level.h > 0 ? level.h : default_m(l, field.plan);
    }
  }
  EmOptions em;
  em.relatives = options_.relatives;
  em.rounds_max = options_.rounds_max;
  std::uint32_t rules = 1;
  for (const PatternCount& row : samples_.by_rule) rules = std::max(rules, row.rule + 1);
  const EmResult result = clew::link::fit(fields, samples_.by_rule, rules, em);
  model_.converged = result.converged;
  model_.rounds = result.rounds;
  warm_ = true;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    for (int l = 1; l <= fields[f].plan.top; ++l) {
      const auto k = static_cast<std::size_t>(l);
      Level& level = model_.fields[f].levels[k];
      level.m = fields[f].m[k];
      level.h = fields[f].h[k];
      level.trained = result.seen[f][k] >= 1;
    }
  }
}

// m from the pairs inside entities, those among them that no rule brought together: EM alone looks
// at pairs that some rule found, which are cleaner than matches at large.
void Trainer::take_m_from_entities(const std::vector<std::uint32_t>& entity) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted;  // entity, record
  for (std::uint32_t r = 0; r < entity.size(); ++r) sorted.emplace_back(entity[r], r);
  std::sort(sorted.begin(), sorted.end());
  double pairs = 0;
  for (const std::uint32_t size : entity_sizes(entity)) pairs += 0.5 * size * (size - 1.0);
  const double share = std::min(1.0, kEntityPairs / std::max(1.0, pairs));
  const std::uint64_t keep = share >= 1 ? ~0ULL : static_cast<std::uint64_t>(share * 0x1p64);
  std::vector<std::array<double, 16>> seen(comparer_.fields());
  for (auto& s : seen) s.fill(0);
  LevelCache cache(comparer_.fields(), comparer_.count());
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    while (end < sorted.size() && sorted[end].first == sorted[begin].first) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = i + 1; j < std::min(end, i + kNeighboursMax); ++j) {
        const std::uint32_t a = sorted[i].second, b = sorted[j].second;
        if (mix64(static_cast<std::uint64_t>(a) << 32 | b, options_.seed) > keep) continue;
        const Pattern pattern = comparer_.pattern(a, b, cache);
        for (std::size_t f = 0; f < seen.size(); ++f) {
          seen[f][static_cast<std::size_t>(level_of(pattern, f))] += 1;
        }
      }
    }
    begin = end;
  }
  for (std::size_t f = 0; f < seen.size(); ++f) {
    auto& levels = model_.fields[f].levels;
    for (std::size_t l = 1; l < levels.size(); ++l) {
      seen[f][l] += kEntityPseudo * default_m(static_cast<int>(l), comparer_.plan(f));
    }
    EmField field;
    field.plan = comparer_.plan(f);
    for (std::size_t l = 1; l < levels.size(); ++l) field.u[l] = levels[l].u;
    normalise(seen[f], field.plan);
    keep_monotone(seen[f], field);
    for (std::size_t l = 1; l < levels.size(); ++l) levels[l].m = std::max(kLeastM, seen[f][l]);
  }
}

void Trainer::rebuild_scorer() {
  scorer_ = std::make_unique<Scorer>(comparer_, model_, frequencies_, fuzzy_.get());
}

void Trainer::find_priors() {
  rebuild_scorer();
  matches_expected_ = fixed_point_priors(*scorer_, samples_, options_, model_);
  scorer_->refresh_priors();
}

void Trainer::learn_dependence(const std::vector<std::uint32_t>* entity) {
  model_.dependence.clear();
  rebuild_scorer();
  clew::link::learn_dependence(*scorer_, samples_, entity, model_);
}

void Trainer::fit(const std::vector<std::uint32_t>* entity) {
  model_.dependence.clear();
  frequencies_ = count_frequencies(comparer_, entity);
  estimate_u(entity);
  run_em();
  if (entity != nullptr) take_m_from_entities(*entity);
  if (entity == nullptr) {
    find_priors();
    for (unsigned k = 0; k < kFreeingRounds; ++k) {
      free_u_of_matches();
      run_em();
      find_priors();
    }
  }
  if (options_.fuzzy_frequency && fuzzy_ == nullptr) {
    fuzzy_ = std::make_unique<FuzzyFrequency>(comparer_, model_, options_.seed);
    fuzzy_->count_all(options_.threads);
  } else if (fuzzy_ != nullptr) {
    fuzzy_->take_u(model_);
  }
  find_priors();
  const unsigned rounds = entity == nullptr ? kDependenceRounds : 1;
  for (unsigned k = 0; options_.dependence && k < rounds; ++k) {
    learn_dependence(entity);
    find_priors();
  }
  warn();
}

void Trainer::fit_classic() {
  frequencies_ = count_frequencies(comparer_, nullptr);
  estimate_u(nullptr);
  train_classic(comparer_, options_, model_);
  rebuild_scorer();
  warn();
}

void Trainer::fit_rough() {
  frequencies_ = count_frequencies(comparer_, nullptr);
  estimate_u(nullptr);
  for (FieldModel& field : model_.fields) {
    for (Level& level : field.levels) level.h = level.u;
  }
  rebuild_scorer();
}

void Trainer::adopt(const Model& model) {
  model_ = model;
  frequencies_ = frequencies_of_model(comparer_, model);
  if (model.options.fuzzy_frequency) {
    fuzzy_ = std::make_unique<FuzzyFrequency>(comparer_, model_, model.options.seed);
    fuzzy_->count_all(options_.threads);
  }
  rebuild_scorer();
}

Model Trainer::finished() const {
  Model out = model_;
  store_frequencies(comparer_, frequencies_, out);
  return out;
}

void Trainer::warn() {
  warnings_.clear();
  if (!model_.converged) {
    warnings_.push_back("training did not converge in " + std::to_string(options_.rounds_max) +
                        " rounds: weights may be off; allow more rounds or check for a field that "
                        "repeats another");
  }
  std::string untrained;
  for (const FieldModel& field : model_.fields) {
    for (std::size_t l = 1; l < field.levels.size(); ++l) {
      if (field.levels[l].trained) continue;
      untrained += (untrained.empty() ? "" : "; ") + field.spec.name + ": " + field.levels[l].name;
    }
  }
  if (!untrained.empty()) {
    warnings_.push_back("levels that no likely match showed, their weight is the prior's: " +
                        untrained);
  }
  const double n = comparer_.count();
  if (model_.prior_match * n * (n - 1) / 2 < 1) {
    warnings_.push_back(
        "hardly any pair looks like one person: expect no links; if there should be "
        "some, check how the fields were understood");
  }
  if (model_.prior_match > 0.2) {
    warnings_.push_back(
        "more than a fifth of all pairs look like one person: the fields tell people "
        "apart too little; add fields");
  }
}

}  // namespace clew::link
