#include "table/dictionary.h"

#include <bit>

#include "base/check.h"
#include "base/rng.h"

namespace clew::table {
namespace {

std::uint32_t short_hash(std::string_view text) {
  return static_cast<std::uint32_t>(hash_bytes(text) >> 32);
}

// Spreads the stored 32 bits over the table; the low bits alone would be enough, but a multiply
// keeps runs short when the table is large.
std::size_t home(std::uint32_t hash, std::size_t mask) {
  return (static_cast<std::uint64_t>(hash) * 0x9E3779B97F4A7C15ULL >> 20) & mask;
}

}  // namespace

void Dictionary::grow(std::size_t slots) {
  slots_.assign(slots, 0);
  const std::size_t mask = slots - 1;
  for (std::uint32_t id = 1; id < size(); ++id) {
    std::size_t at = home(hashes_[id], mask);
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = id;
  }
}

std::uint32_t Dictionary::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (slots_.empty()) grow(std::bit_ceil(hashes_.size() * 2));
  const std::uint32_t hash = short_hash(text);
  std::size_t mask = slots_.size() - 1;
  std::size_t at = home(hash, mask);
  while (slots_[at] != 0) {
    const std::uint32_t id = slots_[at];
    if (hashes_[id] == hash && (*this)[id] == text) return id;
    at = (at + 1) & mask;
  }
  CHECK(hashes_.size() < 0xFFFFFFFEULL);
  const std::uint32_t id = size();
  bytes_.append(text);
  offsets_.push_back(bytes_.size());
  hashes_.push_back(hash);
  slots_[at] = id;
  if (hashes_.size() * 3 > slots_.size() * 2) grow(slots_.size() * 2);
  return id;
}

std::uint32_t Dictionary::find(std::string_view text) const {
  if (text.empty()) return 0;
  if (slots_.empty()) const_cast<Dictionary*>(this)->grow(std::bit_ceil(hashes_.size() * 2));
  const std::uint32_t hash = short_hash(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = home(hash, mask); slots_[at] != 0; at = (at + 1) & mask) {
    const std::uint32_t id = slots_[at];
    if (hashes_[id] == hash && (*this)[id] == text) return id;
  }
  return 0;
}

void Dictionary::freeze() {
  slots_.clear();
  slots_.shrink_to_fit();
  bytes_.shrink_to_fit();
  offsets_.shrink_to_fit();
  hashes_.shrink_to_fit();
}

}  // namespace clew::table
