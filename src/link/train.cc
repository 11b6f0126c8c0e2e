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

constexpr double kRandomPseudo = 0.5;   // pseudo-count per level in the random pairs
constexpr double kFreedAtMost = 0.7;    // of u may be matches
constexpr unsigned kFreeingRounds = 2;
constexpr unsigned kDependenceRounds = 2;
constexpr double kPriorStart = 1e-4;

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
    for (int l = 1; l <= comparer_.top_level(f); ++l) {
      const bool swapped = l > comparer_.equal_level(f);
      field.levels.push_back({swapped ? "given and family name exchanged" : type.level_words(field.spec, l),
                              default_m(l, comparer_.equal_level(f)), 0, 0, true});
    }
    model_.fields.push_back(std::move(field));
  }
  const double n = std::max<double>(2, comparer_.count());
  model_.prior_match = std::min(kPriorStart, 1 / n);
}

// Exact level from the frequencies, fuzzy ones from random pairs, rescaled to fill what is left. With
// entities, a pair weighs 1 over the sizes of its two entities, which are never the same.
void Trainer::estimate_u(const std::vector<std::uint32_t>* entity) {
  const std::size_t n = comparer_.fields();
  sampled_u_.assign(n, {});
  std::vector<std::uint32_t> size;
  if (entity != nullptr) size = entity_sizes(*entity);
  for (const SampledPair& pair : samples_.random) {
    double weight = 1;
    if (entity != nullptr) {
      const std::uint32_t a = (*entity)[pair.a], b = (*entity)[pair.b];
      if (a == b) continue;
      weight = 1.0 / (static_cast<double>(size[a]) * static_cast<double>(size[b]));
    }
    for (std::size_t f = 0; f < n; ++f) {
      sampled_u_[f][static_cast<std::size_t>(level_of(pair.pattern, f))] += weight;
    }
  }
  for (std::size_t f = 0; f < n; ++f) {
    auto& u = sampled_u_[f];
    const int top = comparer_.top_level(f);
    const auto equal = static_cast<std::size_t>(comparer_.equal_level(f));
    double sum = 0;
    for (int l = 1; l <= top; ++l) sum += u[static_cast<std::size_t>(l)] += kRandomPseudo;
    const double exact = std::min(0.98, frequencies_.equal_chance[f]);
    const double scale = (1 - exact) / (sum - u[equal]);
    for (int l = 1; l <= top; ++l) u[static_cast<std::size_t>(l)] *= scale;
    u[equal] = exact;
    for (int l = 1; l <= top; ++l) {
      model_.fields[f].levels[static_cast<std::size_t>(l)].u = u[static_cast<std::size_t>(l)];
    }
  }
}

// Random pairs hold a few matches; what those explain of u is taken out.
void Trainer::free_u_of_matches() {
  for (std::size_t f = 0; f < comparer_.fields(); ++f) {
    auto& levels = model_.fields[f].levels;
    double sum = 0;
    for (std::size_t l = 1; l < levels.size(); ++l) {
      const double u = sampled_u_[f][l];
      levels[l].u = std::max(u - model_.prior_match * levels[l].m, (1 - kFreedAtMost) * u);
      sum += levels[l].u;
    }
    for (std::size_t l = 1; l < levels.size(); ++l) levels[l].u /= sum;
  }
}

void Trainer::run_em() {
  std::vector<EmField> fields(comparer_.fields());
  for (std::size_t f = 0; f < fields.size(); ++f) {
    EmField& field = fields[f];
    field.equal = comparer_.equal_level(f);
    field.top = comparer_.top_level(f);
    field.household = model_.fields[f].spec.household;
    for (int l = 1; l <= field.top; ++l) {
      const auto k = static_cast<std::size_t>(l);
      const Level& level = model_.fields[f].levels[k];
      field.u[k] = level.u;
      field.m[k] = warm_ ? level.m : default_m(l, field.equal);
      field.h[k] = warm_ && level.h > 0 ? level.h : default_m(l, field.equal);
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
    for (int l = 1; l <= fields[f].top; ++l) {
      const auto k = static_cast<std::size_t>(l);
      Level& level = model_.fields[f].levels[k];
      level.m = fields[f].m[k];
      level.h = fields[f].h[k];
      level.trained = result.seen[f][k] >= 1;
    }
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
  for (unsigned k = 0; options_.dependence && k < kDependenceRounds; ++k) {
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
    warnings_.push_back("levels that no likely match showed, their weight is the prior's: " + untrained);
  }
  const double n = comparer_.count();
  if (model_.prior_match * n * (n - 1) / 2 < 1) {
    warnings_.push_back("hardly any pair looks like one person: expect no links; if there should be "
                        "some, check how the fields were understood");
  }
  if (model_.prior_match > 0.2) {
    warnings_.push_back("more than a fifth of all pairs look like one person: the fields tell people "
                        "apart too little; add fields");
  }
}

}  // namespace clew::link
