// Rarity of close values: "nearly equal" says more between rare names than between common ones.
#pragma once

#include <cstdint>
#include <vector>

#include "link/compare.h"
#include "link/model.h"

namespace clew::link {

// For each value v and fuzzy level l: how likely a random record is at level l of v, from a sample of records,
// shrunk to the field's u. Reference: doc/math/linkage.md, "Frequencies on fuzzy levels".
class FuzzyFrequency {
 public:
  // Samples the records of each field whose type asks for it. REQUIRES: the model's u are final.
  FuzzyFrequency(const Comparer& comparer, const Model& model, std::uint64_t seed);

  // Computes every value now (many threads), so that shift() is a look-up.
  void precompute(unsigned threads);

  bool covers(std::size_t field) const { return !sample_[field].empty(); }
  // log u_l - log u_l(v), halved: the shift of one side. REQUIRES: covers(field), 1 < level < equal.
  double half_shift(std::size_t field, std::uint32_t value, int level) const {
    if (!computed_[field].empty()) {
      const auto width = static_cast<std::size_t>(comparer_.equal_level(field)) - 2;
      return static_cast<double>(
          computed_[field][value * width + static_cast<std::size_t>(level) - 2]);
    }
    return fresh_half_shift(field, value, level);
  }

 private:
  struct Sampled {
    std::uint32_t value;
    std::uint32_t count;
  };
  double fresh_half_shift(std::size_t field, std::uint32_t value, int level) const;
  void compute(std::size_t field, std::uint32_t value, float* out) const;

  const Comparer& comparer_;
  std::vector<std::vector<Sampled>> sample_;     // per field
  std::vector<std::vector<double>> u_;           // per field and level
  std::vector<std::vector<float>> computed_;     // per field: value x (equal - 2)
};

}  // namespace clew::link
