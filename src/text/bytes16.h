// Bytes16: up to 16 bytes of a string in one register, and which of them equal something.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace clew::text {

// Written with the vector types of GCC and clang, which any processor can run; only the gathering
// of 16 answers into one mask has an instruction of its own on x86. Bit i of a mask is byte i.
class Bytes16 {
 public:
  Bytes16() = default;  // zeros

  // Copies `size` bytes and fills up with zeros; reads nothing beyond them. REQUIRES: size <= 16.
  static Bytes16 load(const char* bytes, std::size_t size) {
    if (size > 8) {
      return from_halves(read<std::uint64_t>(bytes),
                         read<std::uint64_t>(bytes + size - 8) >> (8 * (16 - size)));
    }
    if (size == 8) return from_halves(read<std::uint64_t>(bytes), 0);
    if (size >= 4) {
      const std::uint64_t low = read<std::uint32_t>(bytes);
      const std::uint64_t high = read<std::uint32_t>(bytes + size - 4);
      return from_halves(low | high << (8 * (size - 4)), 0);
    }
    if (size == 0) return {};
    const std::uint64_t first = read<std::uint8_t>(bytes);
    const std::uint64_t middle = read<std::uint8_t>(bytes + size / 2);
    const std::uint64_t last = read<std::uint8_t>(bytes + size - 1);
    return from_halves(first | middle << (8 * (size / 2)) | last << (8 * (size - 1)), 0);
  }

  static Bytes16 filled(char byte) {
    return Bytes16(Vector{byte, byte, byte, byte, byte, byte, byte, byte,  //
                          byte, byte, byte, byte, byte, byte, byte, byte});
  }

  std::uint32_t equal(Bytes16 other) const {
#if defined(__SSE2__)
    return static_cast<std::uint32_t>(
        __builtin_ia32_pmovmskb128(std::bit_cast<Vector>(value_ == other.value_)));
#else
    const auto halves = std::bit_cast<Halves>(value_ == other.value_);
    return top_bits(halves[0]) | top_bits(halves[1]) << 8;
#endif
  }

  // Byte i of the result is byte i + count of this one; zeros come in. A negative count moves the
  // other way. REQUIRES: -16 <= count <= 16.
  template <int count>
  Bytes16 moved() const {
    return shuffled<count>(std::make_integer_sequence<int, 16>());
  }

 private:
  using Vector = char __attribute__((vector_size(16)));
  using Halves = std::array<std::uint64_t, 2>;
  static_assert(std::endian::native == std::endian::little, "the first byte must be the lowest");

  explicit Bytes16(Vector value) : value_(value) {}

  static Bytes16 from_halves(std::uint64_t low, std::uint64_t high) {
    return Bytes16(std::bit_cast<Vector>(Halves{low, high}));
  }

  template <typename Word>
  static Word read(const char* bytes) {
    Word value = 0;
    std::memcpy(&value, bytes, sizeof(value));
    return value;
  }

  template <int count, int... kIndex>
  Bytes16 shuffled(std::integer_sequence<int, kIndex...>) const {
    // Indices from 16 on take from the zeros.
    return Bytes16(__builtin_shufflevector(
        value_, Vector{},
        (kIndex + count >= 0 && kIndex + count < 16 ? kIndex + count : 16 + kIndex)...));
  }

  // The top bits of eight bytes that are all ones or all zeros: the product moves them together.
  static std::uint32_t top_bits(std::uint64_t bytes) {
    return static_cast<std::uint32_t>(((bytes & 0x0101010101010101ULL) * 0x0102040810204080ULL) >>
                                      56);
  }

  Vector value_ = {};
};

}  // namespace clew::text
