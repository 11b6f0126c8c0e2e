// Compares two records field by field and packs the levels of agreement into one word.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "link/birth_ratio.h"
#include "link/field_type.h"
#include "link/records.h"

namespace clew::link {

// Levels of all fields of a pair, four bits each, field 0 lowest. See field_type.h for the levels.
using Pattern = std::uint64_t;

inline int level_of(Pattern pattern, std::size_t field) {
  return static_cast<int>(pattern >> (4 * field)) & 15;
}

// Levels that were computed before, one cache per thread. Never changes a result.
class LevelCache {
 public:
  explicit LevelCache(std::size_t fields, std::size_t records);

 private:
  friend class Comparer;
  std::vector<std::vector<std::uint64_t>> slots_;  // per field: a, b and the level in one word
  std::uint64_t mask_;
};

// Read-only after construction, so any number of threads may share it. Keeps a reference to the
// records.
class Comparer {
 public:
  // Record k of the comparer is record order[k] of `records`; an empty order means the same
  // numbers. An order that puts alike records side by side makes everything faster and changes
  // nothing else.
  Comparer(const Records& records, bool swapped_names, std::span<const std::uint32_t> order = {});

  std::size_t fields() const { return types_.size(); }
  std::uint32_t count() const { return count_; }
  const std::uint32_t* row(std::uint32_t record) const {
    return rows_.data() + static_cast<std::size_t>(record) * stride_;
  }
  int equal_level(std::size_t field) const { return plans_[field].equal; }
  const LevelPlan& plan(std::size_t field) const { return plans_[field]; }
  // Whether a value is a birth date known only in part, and how such dates compare. ratio() is null
  // without any.
  bool is_partial(std::size_t field, std::uint32_t value) const {
    return !partial_[field].empty() && partial_[field][value];
  }
  const BirthRatio* ratio(std::size_t field) const { return ratios_[field].get(); }
  // Field numbers of the first given and family name, or -1.
  int given() const { return given_; }
  int family() const { return family_; }
  bool swaps() const { return swaps_; }
  bool whole_names() const { return given_ >= 0 && family_ >= 0; }

  Pattern pattern(std::uint32_t a, std::uint32_t b, LevelCache& cache) const;
  // Level of two values of one field; 0 when either is missing.
  int level(std::size_t field, std::uint32_t a, std::uint32_t b, LevelCache& cache) const;
  // The same, computed anew.
  int fresh_level(std::size_t field, std::uint32_t a, std::uint32_t b) const;
  const Records& records() const { return records_; }
  std::uint16_t source(std::uint32_t record) const { return source_[record]; }
  // Number of a record's given + family name, 0 = either is missing; whole_names_count() is above
  // all numbers.
  std::uint32_t whole_name(std::uint32_t record) const { return whole_name_[record]; }
  std::uint32_t whole_names_count() const { return whole_names_count_; }
  // Digest of a value, kNoDigest where its type has none; and a level that two digests settle, or
  // -1.
  std::uint32_t digest_of(std::size_t field, std::uint32_t value) const {
    return digests_[field][value];
  }
  int level_by_digest(std::size_t field, std::uint32_t a, std::uint32_t b) const {
    if (a == kNoDigest || b == kNoDigest) return -1;
    return types_[field]->level_by_digest(records_.fields[field].spec, a, b);
  }

 private:
  void prepare_values(std::size_t field);
  void fill_rows(std::span<const std::uint32_t> order);
  void number_whole_names();
  bool swapped(const std::uint32_t* a, const std::uint32_t* b) const;
  int single_level(std::size_t field, std::uint32_t a, std::uint32_t b) const;
  int partial_level(std::size_t field, std::uint32_t a, std::uint32_t b) const;
  int composite_level(std::size_t field, std::uint32_t a, std::uint32_t b) const;

  const Records& records_;
  std::uint32_t count_;
  std::vector<const FieldType*> types_;
  std::vector<LevelPlan> plans_;
  // Record-major, value ids first and then their digests, so that one pair touches few cache lines.
  std::vector<std::uint32_t> rows_;
  std::size_t stride_ = 0;
  std::vector<std::vector<std::uint32_t>> digests_;  // per field and value
  std::vector<std::uint16_t> source_;
  std::vector<std::uint32_t> whole_name_;
  std::uint32_t whole_names_count_ = 1;
  std::vector<std::vector<bool>> partial_;  // per field and value; empty when every date is whole
  std::vector<std::unique_ptr<BirthRatio>> ratios_;
  int given_ = -1, family_ = -1;
  bool swaps_ = false;
  std::vector<std::uint32_t>
      given_as_family_;  // value id of the same text in the other field, 0 = none
};

}  // namespace clew::link
