// Slow, obvious twin of the scoring and clustering in link/: every term of every pair computed
// anew.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "link/model.h"
#include "link/records.h"

namespace clew::reference {

// What one pair of records says, field by field, in natural logarithms.
struct PairTerms {
  std::vector<int> level;  // 0 missing, 1 differ, ... equal, swapped or known in part
  std::vector<double> match;
  std::vector<double> relative;
  double source_prior = 0;
};

// Days on which somebody may be born.
struct Span {
  double first = 0, end = 0;  // `end` exclusive
};

// How agglomerate() ended.
struct Agglomeration {
  std::vector<std::uint32_t> entity;  // per record the lowest record of its entity
  bool tied = false;  // two merges that exclude each other were equally good: any order is right
};

// Two classes and relatives, all pairs, no caches, no digests, no bounds. Keeps references to its
// arguments. The tables of rarity are held in 32 bits, as the model's own are.
class Linkage {
 public:
  Linkage(const link::Records& records, const link::Model& model);

  // Level of two values of a field, given by their numbers.
  int level(std::size_t field, std::uint32_t a, std::uint32_t b) const;
  // Levels of all fields of two records, exchanged names recognised.
  std::vector<int> levels(std::uint32_t a, std::uint32_t b) const;
  PairTerms terms(std::uint32_t a, std::uint32_t b) const;
  // Log-odds that two records are one person, prior included.
  double score(std::uint32_t a, std::uint32_t b) const;

  // Merges the two groups with the highest score, computed from all their cross pairs, until none
  // is above `stop`. Groups are looked at only when one of the `open` pairs lies across them, and
  // never merged when a pair of `apart` does, or two records of a source that is unique.
  Agglomeration agglomerate(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& open,
                            const std::vector<std::pair<std::uint32_t, std::uint32_t>>& apart,
                            double stop) const;

 private:
  using Group = std::vector<std::uint32_t>;
  using Matrix = std::vector<std::vector<PairTerms>>;

  std::uint32_t value(std::size_t field, std::uint32_t record) const;
  bool names_exchanged(std::uint32_t a, std::uint32_t b) const;
  double count(std::size_t field, std::uint32_t value) const;
  double rarity(std::size_t field, std::uint32_t a, std::uint32_t b, int level) const;
  double value_rarity(std::size_t field, std::uint32_t value) const;
  double closeness_rarity(std::size_t field, std::uint32_t value, int level) const;
  double whole_name_excess(std::uint32_t record) const;
  double dependence(const std::vector<int>& levels, std::size_t field) const;
  int level_in_part(std::size_t field, std::uint32_t a, std::uint32_t b) const;
  double overlap(std::size_t field, std::uint32_t a, std::uint32_t b) const;
  // The dates that tell about the population: whole ones, or all where there are none.
  std::vector<Span> all_births(std::size_t field) const;
  double born_before(std::size_t field, double day) const;
  double mass(std::size_t field, const Span& s) const;
  double log_odds(double match, double relative) const;
  double group_score(const Matrix& matrix, const Group& a, const Group& b) const;

  const link::Records& records_;
  const link::Model& model_;
  int given_ = -1, family_ = -1;
};

// Level of two different single values, from the definitions in link/records.h.
int single_level(const link::FieldSpec& spec, std::string_view a, std::string_view b);
// The level that means equal.
int equal_level(const link::FieldSpec& spec);

}  // namespace clew::reference
