// Expectation-maximisation over counted patterns: learns how often fields agree among matches and
// relatives.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "link/compare.h"

namespace clew::link {

// A pattern seen under one blocking rule, with the rule's own fields set to missing, and its
// weight.
struct PatternCount {
  std::uint32_t rule = 0;
  Pattern pattern = 0;
  double count = 0;
};

// What EM needs to know of a field.
struct EmField {
  LevelPlan plan;
  bool household = false;  // shared under one roof: h starts at m and is learned
  bool kindred = false;    // alike among relatives now and then (twins, family e-mail): h starts at
                           // u, is learned
  bool personal = false;   // one person keeps it: bounds on how often matches may differ in it
  std::array<double, 16> u{};  // per level, fixed
  std::array<double, 16> m{};  // start values in, estimates out
  std::array<double, 16> h{};
};

struct EmOptions {
  bool relatives = true;
  unsigned rounds_max = 200;
  double tolerance = 1e-6;  // relative change of the log-likelihood
  double prior_pairs = 20;  // Dirichlet pseudo-pairs on m and h
  bool monotone = true;     // m/u never falls as agreement grows
};

struct EmResult {
  bool converged = false;
  unsigned rounds = 0;
  std::vector<std::array<double, 3>> mix;    // per rule: shares of matches, relatives, unrelated
  std::vector<std::array<double, 16>> seen;  // per field: expected matches seen at each level
};

// Start value and prior mean of m at a level: .85 equal, .05 differ, the rest shared; each scale
// for itself.
double default_m(int level, const LevelPlan& plan);

// Makes the levels of each scale sum to 1.
void normalise(std::array<double, 16>& p, const LevelPlan& plan);

// Makes p/u non-decreasing in the level, on each scale for itself; `swapped` has no place in the
// order.
void keep_monotone(std::array<double, 16>& p, const EmField& field);

// Mixing shares per rule, m and h shared by all rules, u fixed. `rules` is the number of rules. The
// rows' order does not matter to the caller but must be the same for the same input. Cost: rounds x
// rows. Reference: Fellegi and Sunter (1969); Winkler (1988); masking as in doc/math/linkage.md.
EmResult fit(std::vector<EmField>& fields, const std::vector<PatternCount>& rows,
             std::uint32_t rules, const EmOptions& options);

}  // namespace clew::link
