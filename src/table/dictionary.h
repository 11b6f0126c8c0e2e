// Dictionary: every distinct string once, numbered 0, 1, 2 ... in the order of first appearance.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clew::table {

// Entry 0 is always the empty string and stands for "missing". The strings lie back to back in one
// byte buffer with 64-bit offsets, which is the Arrow large_utf8 layout; ids are the indices of an
// Arrow dictionary-encoded column. Views returned by [] stay valid until the next intern().
// Not thread-safe while interning; safe for concurrent reading afterwards.
class Dictionary {
 public:
  Dictionary() : offsets_{0, 0}, slots_(kSlotsMin, 0), hashes_{0} {}

  // Returns the id of `text`, adding it if it is new. Amortised O(length). At most 2^32 - 2 entries.
  std::uint32_t intern(std::string_view text);

  // Returns the id of `text`, or 0 when it is absent (or empty).
  std::uint32_t find(std::string_view text) const;

  std::string_view operator[](std::uint32_t id) const {
    return {bytes_.data() + offsets_[id], offsets_[id + 1] - offsets_[id]};
  }
  // Number of entries, the empty string included.
  std::uint32_t size() const { return static_cast<std::uint32_t>(hashes_.size()); }

  // Frees the hash table (find and intern rebuild it when they are called again).
  void freeze();

  const std::vector<std::uint64_t>& offsets() const { return offsets_; }
  const std::string& bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kSlotsMin = 16;
  void grow(std::size_t slots);

  std::string bytes_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::uint32_t> slots_;   // open addressing, 0 = free
  std::vector<std::uint32_t> hashes_;  // upper half of each entry's hash
};

}  // namespace clew::table
