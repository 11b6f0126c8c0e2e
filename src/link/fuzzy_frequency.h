// Rarity of close values: "nearly equal" says more between rare names than between common ones.
#pragma once

#include <cstdint>
#include <vector>

#include "link/compare.h"
#include "link/model.h"

namespace clew::link {

// For each value v and fuzzy level l: how likely a random record is at level l of v, from a sample
// of records, shrunk to the field's u. Reference: doc/math/linkage.md, "Frequencies on fuzzy
// levels".
class FuzzyFrequency {
 public:
  // Samples the records of each field whose type asks for it.
  FuzzyFrequency(const Comparer& comparer, const Model& model, std::uint64_t seed);

  // Counts the close records of every value now (many threads), so that half_shift() is a look-up.
  void count_all(unsigned threads);
  // Takes over the u of a model; the counts stay, since they do not depend on it.
  void take_u(const Model& model);

  bool covers(std::size_t field) const { return !sample_[field].empty(); }
  // log u_l - log u_l(v), halved: the shift of one side. REQUIRES: covers(field), 1 < level <
  // equal.
  double half_shift(std::size_t field, std::uint32_t value, int level) const {
    const auto l = static_cast<std::size_t>(level);
    if (counted_[field].empty()) return shift_of(field, l, fresh_count(field, value, level));
    const auto width = static_cast<std::size_t>(comparer_.equal_level(field)) - 2;
    return static_cast<double>(shift_[field][l][counted_[field][value * width + l - 2]]);
  }

 private:
  struct Sampled {
    std::uint32_t value, digest, count;
  };
  double shift_of(std::size_t field, std::size_t level, double seen) const;
  double fresh_count(std::size_t field, std::uint32_t value, int level) const;
  void count(std::size_t field, std::uint32_t value, std::uint16_t* out) const;

  const Comparer& comparer_;
  std::vector<std::vector<Sampled>> sample_;            // per field
  std::vector<double> drawn_;                           // per field: records in the sample
  std::vector<std::vector<double>> u_;                  // per field and level
  std::vector<std::vector<std::uint16_t>> counted_;     // per field: value x (equal - 2)
  std::vector<std::vector<std::vector<float>>> shift_;  // per field, level and count
};

}  // namespace clew::link
