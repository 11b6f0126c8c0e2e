// What blocking loses, told without labels: pairs inside entities that no rule had brought
// together.
#pragma once

#include <cstdint>
#include <vector>

#include "index/blocking.h"
#include "link/keys.h"
#include "link/link.h"

namespace clew::link {

// Entities of three records and more close over pairs that were never compared, so the share of
// such pairs among theirs says how many matches blocking misses at large. Too low where the missed
// records never join an entity.
struct Losses {
  double pairs = 0;       // inside entities
  double uncompared = 0;  // of them, never compared: found by transitivity alone
  double share_lost = 0;  // of all matches, expected never to be compared
  std::vector<HubReport> hubs;
};

// `entity` and `candidates` number records alike. Looks at no more than half a million pairs.
Losses find_losses(const std::vector<std::uint32_t>& entity, const index::Candidates& candidates,
                   const Keys& keys);

}  // namespace clew::link
