#include "table/dictionary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/check.h"
#include "base/release.h"

namespace clew::table {
namespace {

constexpr std::size_t kSlotsMin = 16;
constexpr std::uint64_t kIdMask = 0xFFFFFFFFULL;
constexpr std::size_t kAhead = 64;  // texts whose memory is fetched in advance

std::uint64_t load(const char* p, std::size_t bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, bytes);
  return word;
}

// Both halves of the 128-bit product, folded: every bit of the inputs reaches every bit of the sum.
std::uint64_t fold_multiply(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Fast on the short strings that fill tables: no loop below 17 bytes, the ends are read as two
// words that may overlap. It decides only where an entry lies, never its id, so it may differ
// between machines.
std::uint64_t hash_text(std::string_view text) {
  constexpr std::uint64_t kA = 0x9E3779B97F4A7C15ULL, kB = 0xD6E8FEB86659FD93ULL;
  const char* p = text.data();
  std::size_t left = text.size();
  std::uint64_t seed = kA ^ left;
  for (; left > 16; left -= 16, p += 16)
    seed = fold_multiply(load(p, 8) ^ kB, load(p + 8, 8) ^ seed);
  std::uint64_t first = 0, last = 0;
  if (left >= 8) {
    first = load(p, 8);
    last = load(p + left - 8, 8);
  } else if (left >= 4) {
    first = load(p, 4);
    last = load(p + left - 4, 4);
  } else if (left > 0) {
    first = load(p, 1) | load(p + left / 2, 1) << 8 | load(p + left - 1, 1) << 16;
  }
  return fold_multiply(kB ^ seed, fold_multiply(first ^ kB, last ^ seed));
}

// Only the upper half of a hash is used and kept in the slot, so that a table that grows moves its
// slots without reading an entry; its low bits say where to look.
std::size_t home(std::uint64_t hash, std::size_t slots) { return (hash >> 32) & (slots - 1); }

std::uint64_t slot_of(std::uint64_t hash, std::uint32_t id) { return (hash & ~kIdMask) | id; }

// True when the entry of a taken slot may be the one with this hash; nearly always it then is.
bool agrees(std::uint64_t slot, std::uint64_t hash) {
  return slot != 0 && ((slot ^ hash) & ~kIdMask) == 0;
}

}  // namespace

void Dictionary::place(std::uint64_t slot) const {
  std::size_t at = home(slot, slots_.size());
  while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = slot;
}

void Dictionary::rebuild() const {
  slots_.assign(std::max(kSlotsMin, std::bit_ceil<std::size_t>(size()) * 2), 0);
  for (std::uint32_t id = 1; id < size(); ++id) place(slot_of(hash_text((*this)[id]), id));
}

void Dictionary::grow() {
  std::vector<std::uint64_t> before(slots_.size() * 2, 0);
  std::swap(before, slots_);
  for (const std::uint64_t slot : before) {
    if (slot != 0) place(slot);
  }
}

std::uint32_t Dictionary::intern(std::string_view text) {
  return text.empty() ? 0 : intern_hashed(text, hash_text(text));
}

std::uint32_t Dictionary::intern_hashed(std::string_view text, std::uint64_t hash) {
  if (slots_.empty()) rebuild();
  std::size_t at = home(hash, slots_.size());
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (!agrees(slots_[at], hash)) continue;
    const auto id = static_cast<std::uint32_t>(slots_[at] & kIdMask);
    if ((*this)[id] == text) return id;
  }
  CHECK(offsets_.size() < 0xFFFFFFFEULL);
  const std::uint32_t id = size();
  bytes_.append(text);
  offsets_.push_back(bytes_.size());
  slots_[at] = slot_of(hash, id);
  if (offsets_.size() * 3 > slots_.size() * 2) grow();
  return id;
}

void Dictionary::intern_all(std::span<const std::string_view> texts, std::size_t stride,
                            std::vector<std::uint32_t>& ids) {
  CHECK(stride > 0);
  std::array<std::uint64_t, kAhead> hashes;
  const std::size_t count = (texts.size() + stride - 1) / stride;
  for (std::size_t start = 0; start < count; start += kAhead) {
    const std::size_t here = std::min(kAhead, count - start);
    // Three passes fetch slot, offset and bytes of what will be compared. They take what is there
    // without asking whether it agrees: a wrong guess costs less than a branch.
    for (std::size_t i = 0; i < here; ++i) {
      hashes[i] = hash_text(texts[(start + i) * stride]);
      if (!slots_.empty()) __builtin_prefetch(&slots_[home(hashes[i], slots_.size())]);
    }
    for (std::size_t i = 0; i < here && !slots_.empty(); ++i) {
      const std::uint64_t slot = slots_[home(hashes[i], slots_.size())];
      __builtin_prefetch(&offsets_[slot & kIdMask]);
    }
    for (std::size_t i = 0; i < here && !slots_.empty(); ++i) {
      const std::uint64_t slot = slots_[home(hashes[i], slots_.size())];
      __builtin_prefetch(bytes_.data() + offsets_[slot & kIdMask]);
    }
    for (std::size_t i = 0; i < here; ++i) {
      const std::string_view text = texts[(start + i) * stride];
      ids.push_back(text.empty() ? 0 : intern_hashed(text, hashes[i]));
    }
  }
}

std::uint32_t Dictionary::find(std::string_view text) const {
  if (text.empty()) return 0;
  if (slots_.empty()) rebuild();
  const std::uint64_t hash = hash_text(text);
  for (std::size_t at = home(hash, slots_.size()); slots_[at] != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    if (!agrees(slots_[at], hash)) continue;
    const auto id = static_cast<std::uint32_t>(slots_[at] & kIdMask);
    if ((*this)[id] == text) return id;
  }
  return 0;
}

void Dictionary::freeze() {
  release(slots_);
  bytes_.shrink_to_fit();
  offsets_.shrink_to_fit();
}

}  // namespace clew::table
