// A field type: how the values of a field are compared, which blocking keys they give, and in what
// words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "link/records.h"

namespace clew::link {

// Levels of agreement: 0 missing, 1 differ, 2 ... L-1 close (better is higher), L equal. A given
// name has one more, L+1: given and family name are swapped. A birth date of which one side is
// known only in part has a scale of its own above: apart, nearly, consistent. Which scale applies
// says nothing by itself.
inline constexpr int kMissing = 0;
inline constexpr int kDiffer = 1;
struct LevelPlan {
  int equal = 2;      // L
  int whole_top = 2;  // last level of the first scale: L, or L + 1 with `swapped`
  int top = 2;        // last level of all; top - whole_top is 0 or kPartialLevels

  bool has_partial() const { return top > whole_top; }
  int consistent() const { return top; }  // REQUIRES: has_partial()
};
inline constexpr int kPartialLevels = 3;
inline constexpr int kScaleMax = 16;  // a pattern holds four bits a field
inline constexpr std::size_t kFieldsMax = 16;

// What of a value fits into 32 bits beside its id, so that most pairs of different values are told
// apart without touching the dictionary.
enum class Digest : std::uint8_t {
  none,
  letters,  // 22 letter classes, the first letter (5 bits), the length (5 bits, 31 = 31 or more)
  date,     // YYYYMMDD, four bits a digit
};
std::uint32_t digest(Digest kind, std::string_view text);
inline constexpr std::uint32_t kNoDigest = 0;

// Upper bound of the letters that two values share, from their letter digests; -1 when they cannot
// tell.
struct SharedLetters {
  int length_a, length_b, most;
  bool same_first;
};
inline SharedLetters shared_letters(std::uint32_t a, std::uint32_t b) {
  const int length_a = static_cast<int>(a & 31), length_b = static_cast<int>(b & 31);
  if (length_a == 31 || length_b == 31 || a == kNoDigest || b == kNoDigest)
    return {0, 0, -1, false};
  const int only_a = __builtin_popcount((a & ~b) >> 10),
            only_b = __builtin_popcount((b & ~a) >> 10);
  const int most_a = length_a - only_a, most_b = length_b - only_b;
  return {length_a, length_b, most_a < most_b ? most_a : most_b, ((a ^ b) >> 5 & 31) == 0};
}

// A blocking key of a value: which part of it (an index into parts()) and its text.
struct KeyPart {
  std::size_t part;
  std::string text;
};

// Stateless and thread-safe. One object per Comparison, in src/link/field_<name>.cc.
class FieldType {
 public:
  virtual ~FieldType() = default;
  // L, the level that means equal.
  virtual int equal_level(const FieldSpec& spec) const = 0;
  // Words for level 1 ... L: "differ", "one digit apart", "equal".
  virtual std::string level_words(const FieldSpec& spec, int level) const = 0;
  // Level of two different, present, single values, 1 ... L.
  virtual int compare(const FieldSpec& spec, std::string_view a, std::string_view b) const = 0;
  // The digest of the type, and a level that digests alone settle; -1 when the values must be read.
  virtual Digest digest_kind() const { return Digest::none; }
  virtual int level_by_digest(const FieldSpec&, std::uint32_t, std::uint32_t) const { return -1; }
  // Names of the parts a value is blocked by; the first is the whole value, "".
  virtual std::vector<std::string> parts(const FieldSpec& spec) const;
  // Appends the keys of one value.
  virtual void keys(const FieldSpec& spec, std::string_view text, std::vector<KeyPart>& out) const;
  // Whether two values can only be weighed by a likelihood ratio (intervals of birth dates).
  virtual bool needs_ratio(std::string_view) const { return false; }
  // Whether close values of a rare spelling weigh more than close values of a common one.
  virtual bool fuzzy_frequency() const { return false; }
};

const FieldType& field_type(Comparison comparison);
std::string_view comparison_name(Comparison comparison);  // as written in settings
std::string_view role_name(Role role);

// The single types, for the registry in field_type.cc.
const FieldType& exact_field();
const FieldType& jaro_winkler_field();
const FieldType& edits_field();
const FieldType& date_field();
const FieldType& number_field();
const FieldType& initial_field();
const FieldType& email_field();
const FieldType& tokens_field();
const FieldType& point_field();

}  // namespace clew::link
