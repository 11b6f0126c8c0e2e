// Dictionary: every distinct string once, numbered 0, 1, 2 ... in the order of first appearance.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clew::table {

// Entry 0 is always the empty string and stands for "missing". The strings lie back to back in one
// byte buffer with 64-bit offsets, which is the Arrow large_utf8 layout; ids are the indices of an
// Arrow dictionary-encoded column. Views returned by [] stay valid until the next intern().
// Not thread-safe while interning; safe for concurrent reading afterwards, except that the first
// find() after freeze() rebuilds the hash table and must not run beside another.
class Dictionary {
 public:
  Dictionary() : offsets_{0, 0} {}

  // Returns the id of `text`, adding it if it is new. Amortised O(length). At most 2^32 - 2
  // entries. `text` must not point into this dictionary.
  std::uint32_t intern(std::string_view text);

  // Interns texts[0], texts[stride], texts[2 * stride] ... and appends their ids to `ids`; the same
  // as intern() on each in turn, but several times faster on a large dictionary, because the memory
  // that the next texts will need is fetched while the present one is compared. REQUIRES: stride >
  // 0.
  void intern_all(std::span<const std::string_view> texts, std::size_t stride,
                  std::vector<std::uint32_t>& ids);

  // Returns the id of `text`, or 0 when it is absent (or empty).
  std::uint32_t find(std::string_view text) const;

  std::string_view operator[](std::uint32_t id) const {
    return {bytes_.data() + offsets_[id], offsets_[id + 1] - offsets_[id]};
  }
  // Number of entries, the empty string included.
  std::uint32_t size() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }

  // Frees the hash table (find and intern rebuild it when they are called again).
  void freeze();

  const std::vector<std::uint64_t>& offsets() const { return offsets_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::uint32_t intern_hashed(std::string_view text, std::uint64_t hash);
  void place(std::uint64_t slot) const;
  void rebuild() const;
  void grow();

  std::string bytes_;
  std::vector<std::uint64_t> offsets_;
  // Open addressing with linear probing, at most two thirds full. A slot is the upper half of the
  // entry's hash over its id, so that a probe touches the entry only when the hashes agree; 0 is
  // free (id 0 is never stored). A cache of bytes_ and offsets_: mutable, see find().
  mutable std::vector<std::uint64_t> slots_;
};

}  // namespace clew::table
