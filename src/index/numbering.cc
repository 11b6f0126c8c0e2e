#include "index/numbering.h"

#include <algorithm>
#include <bit>

#include "base/rng.h"

namespace clew::index {

Numbering::Numbering(std::size_t expected)
    : slots_(std::bit_ceil(std::max<std::size_t>(64, expected + expected / 2))) {}

std::uint32_t Numbering::number(std::uint64_t key) {
  if ((count_ + 1) * 4ULL > slots_.size() * 3ULL) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = mix64(key) & mask;
  while (slots_[at].number != 0) {
    if (slots_[at].key == key) return slots_[at].number;
    at = (at + 1) & mask;
  }
  slots_[at] = {key, ++count_};
  return count_;
}

void Numbering::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == 0) continue;
    std::size_t at = mix64(slot.key) & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace clew::index
