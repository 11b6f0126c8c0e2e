// Training without labels: u, m and h, priors, rarity and dependence, from samples of pairs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "link/compare.h"
#include "link/frequency.h"
#include "link/fuzzy_frequency.h"
#include "link/model.h"
#include "link/samples.h"
#include "link/scorer.h"

namespace clew::link {

// Holds a model while it is being learned, and what scoring with it needs.
class Trainer {
 public:
  // Keeps references to its arguments.
  Trainer(const Comparer& comparer, const Samples& samples, const Options& options);

  // Learns everything. Without `entity` every record counts; with it (per record, the entity of a
  // first clustering) everything counts once per entity, and the last estimates are the start.
  void fit(const std::vector<std::uint32_t>* entity);
  // Learns as other tools do (link/classic.h), from samples.random alone.
  void fit_classic();
  // No learning: default m, u from samples.random. For choosing blocking rules.
  void fit_rough();
  // Takes a model as it is, instead of learning.
  void adopt(const Model& model);

  const Model& model() const { return model_; }
  const Scorer& scorer() const { return *scorer_; }
  const Frequencies& frequencies() const { return frequencies_; }
  // The model with its frequencies, fit to be stored.
  Model finished() const;
  const std::vector<std::string>& warnings() const { return warnings_; }
  double matches_expected() const { return matches_expected_; }

 private:
  void start_model();
  void estimate_u(const std::vector<std::uint32_t>* entity);
  void free_u_of_matches();
  void run_em();
  void take_m_from_entities(const std::vector<std::uint32_t>& entity);
  void rebuild_scorer();
  void find_priors();
  void learn_dependence(const std::vector<std::uint32_t>* entity);
  void warn();

  const Comparer& comparer_;
  const Samples& samples_;
  const Options& options_;
  Model model_;
  Frequencies frequencies_;
  std::unique_ptr<FuzzyFrequency> fuzzy_;
  std::unique_ptr<Scorer> scorer_;
  std::vector<std::string> warnings_;
  std::vector<std::array<double, 16>> sampled_u_;  // before matches are taken out
  double matches_expected_ = 0;
  bool warm_ = false;
};

}  // namespace clew::link
