// Explains: why two records are or are not one, how an entity was built, what would split it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "link/explanation.h"
#include "link/link.h"

namespace clew::link {

// Prepares once (a second for a million records), then explains in well under a millisecond a pair,
// blocking aside. Of the outcome it reads entity, merges, estimates.threshold_bits and, of
// blocking, rules (their names) and block_max. Keeps references to its arguments. Not thread-safe.
class Explainer {
 public:
  Explainer(const Records& records, const Model& model, const Outcome& outcome);
  ~Explainer();
  Explainer(const Explainer&) = delete;
  Explainer& operator=(const Explainer&) = delete;

  // With `blocking` also which rules brought the two together, or why none did (a pass over the
  // records each).
  Explanation pair(std::uint32_t a, std::uint32_t b, bool blocking = true);
  // `entity` is the lowest record number of the entity.
  EntityExplanation entity(std::uint32_t entity);
  // "source:record_id".
  std::string name(std::uint32_t record) const;

 private:
  struct Parts;
  std::vector<Reason> blocking_reasons(std::uint32_t a, std::uint32_t b);
  std::vector<std::string> clustering_words(std::uint32_t a, std::uint32_t b);
  std::vector<std::uint32_t> members(std::uint32_t entity) const;
  MergeStep step(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);
  std::vector<std::string> nearest(std::span<const std::uint32_t> members);

  const Records& records_;
  const Model& model_;
  const Outcome& outcome_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace clew::link
