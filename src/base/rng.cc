#include "base/rng.h"

#include <cstring>

namespace clew {

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t h = seed ^ (bytes.size() * 0x9E3779B97F4A7C15ULL);
  const char* p = bytes.data();
  std::size_t left = bytes.size();
  while (left >= 8) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    h = (h ^ word) * 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32;
    p += 8;
    left -= 8;
  }
  std::uint64_t word = 0;
  if (left > 0) std::memcpy(&word, p, left);
  h = (h ^ word ^ (static_cast<std::uint64_t>(left) << 56)) * 0xD6E8FEB86659FD93ULL;
  return mix64(h);
}

}  // namespace clew
