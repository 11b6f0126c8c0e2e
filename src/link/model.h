// Model: everything that training learned, enough to score any two records.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "link/options.h"
#include "link/records.h"

namespace clew::link {

// Probabilities of one level of one field among matches (m), relatives (h) and unrelated pairs (u).
struct Level {
  std::string name;  // "equal", "close (Jaro-Winkler >= 0.92)", ...
  double m = 0, h = 0, u = 0;
  bool trained = true;  // false: no pair showed it, the prior stands
};

// Counts under salted hashes, ascending by hash.
using Counts = std::vector<std::pair<std::uint64_t, float>>;

// The count of `hash`, or 1 when it is not kept.
float count_of(const Counts& counts, std::uint64_t hash);

struct FieldModel {
  FieldSpec spec;
  std::vector<Level>
      levels;        // levels[0] is "missing", then "differ" ... "equal"; see link/field_type.h
  double total = 0;  // records (entities after the second pass) that have a value
  // How often each value occurs, under a salted hash of its canonical string; values seen once or
  // less are left out. Fractions come from entities whose records disagree.
  Counts frequency;
};

struct Model {
  std::uint64_t salt = 0;
  std::vector<FieldModel> fields;
  double prior_match = 0;     // probability that two random records are one person
  double prior_relative = 0;  // ... are different people of one household
  std::vector<std::string> sources;
  std::vector<double>
      source_pair;  // sources x sources, natural log of the prior ratio; empty: none
  // dependence[p][f][level]: natural log by which field f's level is likelier, between unrelated
  // records, when field p is equal; p == fields.size() stands for the full name. Empty: not
  // learned.
  std::vector<std::vector<std::vector<float>>> dependence;
  std::vector<std::uint32_t> dependence_order;
  Counts full_name;  // counts of whole names, salted
  double full_name_total = 0;
  double records_trained_on = 0;
  bool converged = true;
  unsigned rounds = 0;
  Options options;  // under which it was trained
};

// JSON, versioned; holds no value in clear. model_from_json fails with invalid_input and a reason.
std::string model_to_json(const Model& model);
Result<Model> model_from_json(const std::string& json);

}  // namespace clew::link
