// Options: everything that a linking run can be told, with the defaults that serve unknown data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace clew::link {

// One blocking key: a field and the part of its value that must agree ("", "first3", "soundex",
// "last4", "year_month", "month_day", "year", "first_half", "second_half", "first4",
// "sorted_full_name").
struct BlockingKey {
  std::string field;
  std::string part;
};

enum class Clustering : std::uint8_t { field_mean, components };

struct Options {
  // What the user wishes: the expected share of wrong pairs among all pairs inside entities.
  double wrong_links = 0.05;
  std::uint64_t seed = 1;
  unsigned threads = 1;
  std::uint64_t memory_bytes = 0;  // 0: no limit asked for

  // Blocking. Empty rules: the engine deepens by itself within the pair budget.
  std::vector<std::vector<BlockingKey>> rules;
  double pairs_per_record = 100;  // budget for small files
  double pairs_total = 8e6;       // and for large ones: the smaller of the two holds
  std::uint32_t block_max = 100;  // largest block compared whole
  unsigned keys_max = 3;          // keys combined at most

  // Training.
  bool relatives = true;            // a third class for members of one household
  bool dependence = true;           // take dependence between fields out
  bool fuzzy_frequency = true;      // frequencies on the fuzzy levels too
  unsigned passes = 2;              // the second counts once per entity
  std::uint64_t u_pairs = 2000000;  // random pairs for u of the fuzzy levels
  unsigned rounds_max = 200;        // EM
  // Classic training, as other tools do it: used when `deterministic` is not empty.
  std::vector<std::vector<std::string>>
      deterministic;  // rules (field names) that mark certain matches
  double deterministic_recall = 0.7;
  std::vector<std::vector<std::string>> training_rounds;  // fields blocked on in each EM round

  Clustering clustering = Clustering::field_mean;
  double threshold = 0.95;  // for components only
  double review_low = 0.1;  // links with a probability from here to the decision are `review`
};

}  // namespace clew::link
