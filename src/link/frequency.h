// How often values occur, counted per record or once per entity: the base of u and of rarity.
#pragma once

#include <cstdint>
#include <vector>

#include "link/compare.h"
#include "link/model.h"

namespace clew::link {

// Counts at or below this are not told apart from 1: with one taken off for the pair's own record
// they all meet the floor below.
inline constexpr double kCountKept = 1.3;
// A value is at least this frequent outside of the pair that shares it.
inline constexpr double kCountFloor = 0.3;

struct Frequencies {
  std::vector<std::vector<float>> count;  // per field and value id
  std::vector<double> total;              // per field: records (entities) with a value
  std::vector<double> equal_chance;       // per field: two random records (entities) agree exactly
  std::vector<float> whole_name_count;    // per Comparer::whole_name
  double whole_name_total = 0;

  // Probability of a value that occurs `others` times outside of the pair that shares it.
  double share(std::size_t field, double others) const {
    return (others > kCountFloor ? others : kCountFloor) / (total[field] > 1 ? total[field] : 1);
  }
};

// Counts records; with `entity` (per record) each entity has mass 1 per field, shared over its
// values, so that an entity with 20 records does not make its own family name common.
Frequencies count_frequencies(const Comparer& comparer, const std::vector<std::uint32_t>* entity);

// The same from a stored model: values it has not kept count as 1.
Frequencies frequencies_of_model(const Comparer& comparer, const Model& model);

// Writes the counts worth keeping into the model, under salted hashes.
void store_frequencies(const Comparer& comparer, const Frequencies& frequencies, Model& model);

}  // namespace clew::link
