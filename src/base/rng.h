// Deterministic random numbers and 64-bit mixing: the same seed gives the same stream everywhere.
#pragma once

#include <cstdint>
#include <string_view>

namespace clew {

// Bijective 64-bit finaliser (Pelle Evensen's "rrmxmx" family in spirit: multiply, xor-shift).
inline std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ULL;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ULL;
  x ^= x >> 32;
  return x;
}

// Order-dependent combination of two hashes.
inline std::uint64_t mix64(std::uint64_t a, std::uint64_t b) {
  return mix64(a * 0x9E3779B97F4A7C15ULL + b + 0x632BE59BD9B4E019ULL);
}

// Fast 64-bit hash of bytes; stable across machines and releases, not for secrets.
std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0);

// splitmix64 (Steele, Lea and Flood 2014): small state, full period, good enough for sampling.
class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  // Uniform in [0, n) by multiplication (bias below 2^-32 for n < 2^32). REQUIRES: n > 0.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
  }
  // Uniform in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

}  // namespace clew
