#include "text/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <utility>

#include "base/check.h"
#include "text/bytes16.h"
#include "text/words.h"

// The idea throughout: a string of up to 64 bytes fits into four registers, and one comparison of a
// register tells at which 16 positions a letter occurs. So no table of letters is kept or cleared;
// the masks of positions are made anew for each letter, which is as fast as looking them up.

namespace clew::text {
namespace {

constexpr std::size_t kWordBits = 64;

constexpr std::uint64_t low_bits(std::size_t count) {
  return count >= kWordBits ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// The positions of letters in a string of up to 16 * kBlocks bytes.
template <std::size_t kBlocks>
class Positions {
 public:
  explicit Positions(std::string_view text) : valid_(low_bits(text.size())) {
    for (std::size_t block = 0; block < kBlocks; ++block) {
      const std::size_t begin = std::min(block * 16, text.size());
      blocks_[block] =
          Bytes16::load(text.data() + begin, std::min<std::size_t>(16, text.size() - begin));
    }
  }

  std::uint64_t of(char letter) const {
    const Bytes16 letters = Bytes16::filled(letter);
    std::uint64_t mask = 0;
    for (std::size_t block = 0; block < kBlocks; ++block) {
      mask |= std::uint64_t{blocks_[block].equal(letters)} << (16 * block);
    }
    return mask & valid_;  // the filling behind the string is no letter
  }

 private:
  std::uint64_t valid_;
  std::array<Bytes16, kBlocks> blocks_;
};

std::size_t common_prefix(std::string_view a, std::string_view b, std::size_t most) {
  const std::size_t end = std::min({a.size(), b.size(), most});
  std::size_t same = 0;
  while (same < end && a[same] == b[same]) ++same;
  return same;
}

constexpr double kPrefixWeight = 0.1;
constexpr std::size_t kPrefixMax = 4;
constexpr double kPrefixFrom = 0.7;  // Winkler's boost threshold

double with_prefix(double jaro, std::string_view a, std::string_view b) {
  if (jaro <= kPrefixFrom) return jaro;
  const auto prefix = static_cast<double>(common_prefix(a, b, kPrefixMax));
  return jaro + prefix * kPrefixWeight * (1.0 - jaro);
}

double jaro_of(std::size_t matches, std::size_t moved, std::size_t size_a, std::size_t size_b) {
  if (matches == 0) return 0.0;
  const auto m = static_cast<double>(matches);
  const std::size_t transpositions = moved / 2;
  return (m / static_cast<double>(size_a) + m / static_cast<double>(size_b) +
          static_cast<double>(matches - transpositions) / m) /
         3.0;
}

// How far apart equal letters may stand to count as matching.
std::size_t jaro_window(std::size_t size_a, std::size_t size_b) {
  const std::size_t half = std::max(size_a, size_b) / 2;
  return half > 0 ? half - 1 : 0;
}

// REQUIRES: a.size() <= 64 and b.size() <= 16 * kBlocks.
template <std::size_t kBlocks>
double jaro_masks(std::string_view a, std::string_view b) {
  const Positions<kBlocks> positions(b);
  const std::size_t window = jaro_window(a.size(), b.size());
  std::uint64_t in_window = low_bits(window + 1);
  std::uint64_t free_b = ~std::uint64_t{0};
  std::uint64_t matched_a = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t candidates = positions.of(a[i]) & in_window & free_b;
    free_b &= ~(candidates & (0 - candidates));  // takes the first candidate, if any
    matched_a |= std::uint64_t{candidates != 0} << i;
    in_window = in_window << 1 | std::uint64_t{i < window};
  }
  std::uint64_t matched_b = ~free_b;
  const auto matches = static_cast<std::size_t>(std::popcount(matched_a));
  std::size_t moved = 0;
  while (matched_a != 0) {
    const auto i = static_cast<std::size_t>(std::countr_zero(matched_a));
    const auto j = static_cast<std::size_t>(std::countr_zero(matched_b));
    moved += std::size_t{a[i] != b[j]};
    matched_a &= matched_a - 1;
    matched_b &= matched_b - 1;
  }
  return jaro_of(matches, moved, a.size(), b.size());
}

// The same for strings of any length.
double jaro_long(std::string_view a, std::string_view b) {
  const std::size_t window = jaro_window(a.size(), b.size());
  std::vector<char> taken(b.size(), 0);
  std::string letters_a;
  std::string letters_b;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(b.size(), i + window + 1);
    for (std::size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (taken[j] != 0 || a[i] != b[j]) continue;
      taken[j] = 1;
      letters_a.push_back(a[i]);
      break;
    }
  }
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j] != 0) letters_b.push_back(b[j]);
  }
  std::size_t moved = 0;
  for (std::size_t k = 0; k < letters_a.size(); ++k) {
    moved += std::size_t{letters_a[k] != letters_b[k]};
  }
  return jaro_of(letters_a.size(), moved, a.size(), b.size());
}

// --- Edit distances -----------------------------------------------------------------------------

// Distances up to kMax of strings of up to 16 bytes, by the furthest point that each diagonal of
// the table reaches with 0, 1 ... edits (Ukkonen 1985). equal[d] has bit i set where a[i] == b[i +
// d], so that a run of equal letters is one count of trailing ones. REQUIRES: a.size() <= b.size()
// <= min(16, a.size() + kMax).
template <int kMax, bool kSwaps>
class Diagonals {
 public:
  Diagonals(std::string_view a, std::string_view b)
      : size_a_(static_cast<int>(a.size())), size_b_(static_cast<int>(b.size())) {
    const Bytes16 in_a = Bytes16::load(a.data(), a.size());
    const Bytes16 in_b = Bytes16::load(b.data(), b.size());
    compare(in_a, in_b, std::make_integer_sequence<int, 2 * kMax + 1>());
    reach_.fill(kNever);
  }

  // The distance, or kMax + 1.
  int distance() {
    const int goal = size_b_ - size_a_;
    reach_[kMiddle] = slide(0, 0);
    if (goal == 0 && reach_[kMiddle] == size_a_) return 0;
    for (int edits = 1; edits <= kMax; ++edits) {
      std::array<int, kWidth> next;
      next.fill(kNever);
      // Only diagonals from which the remaining edits can still lead to the goal.
      const int first = std::max(-edits, goal - (kMax - edits));
      const int last = std::min(edits, goal + (kMax - edits));
      for (int d = first; d <= last; ++d) next[at(d)] = furthest(d);
      reach_ = next;
      if (reach_[at(goal)] == size_a_) return edits;
    }
    return kMax + 1;
  }

 private:
  static constexpr std::size_t kWidth = 2 * kMax + 3;  // one beyond the outermost on each side
  static constexpr std::size_t kMiddle = kMax + 1;
  static constexpr int kNever = -64;

  static std::size_t at(int d) { return static_cast<std::size_t>(d) + kMiddle; }

  template <int... kIndex>
  void compare(Bytes16 in_a, Bytes16 in_b, std::integer_sequence<int, kIndex...>) {
    equal_.fill(0);
    ((equal_[kIndex + 1] = in_a.equal(in_b.moved<kIndex - kMax>()) & within_both(kIndex - kMax)),
     ...);
  }

  // Bits i with 0 <= i < size_a and 0 <= i + d < size_b.
  std::uint32_t within_both(int d) const {
    const int end = std::min(size_a_, size_b_ - d);
    if (end <= 0) return 0;
    const std::uint32_t below = (std::uint32_t{1} << end) - 1;
    return d < 0 ? below >> -d << -d : below;
  }

  int slide(int i, int d) const { return i + std::countr_one(equal_[at(d)] >> i); }

  int furthest(int d) const {
    const int here = reach_[at(d)];
    int best = std::max({here + 1, reach_[at(d - 1)], reach_[at(d + 1)] + 1});
    if (best < 0) return kNever;
    if constexpr (kSwaps) {
      if (here >= 0 && ((equal_[at(d + 1)] >> here) & (equal_[at(d - 1)] >> here >> 1) & 1) != 0) {
        best = std::max(best, here + 2);
      }
    }
    best = std::min({best, size_a_, size_b_ - d});
    return best < 0 ? kNever : slide(best, d);
  }

  int size_a_;
  int size_b_;
  std::array<std::uint32_t, kWidth> equal_;
  std::array<int, kWidth> reach_;
};

// Hyyro (2003), figures 3 and 8: one column of the table per letter of b, its vertical differences
// as two words. REQUIRES: 0 < a.size() <= 16 * kBlocks and a.size() <= b.size().
template <std::size_t kBlocks, bool kSwaps>
int edits_masks(std::string_view a, std::string_view b, int max) {
  const Positions<kBlocks> positions(a);
  const auto last = static_cast<unsigned>(a.size() - 1);
  std::uint64_t more = ~std::uint64_t{0};  // where the column rises downwards
  std::uint64_t less = 0;                  // where it falls
  std::uint64_t diagonal = 0;              // where the cell equals its upper left neighbour
  std::uint64_t equal_before = 0;
  int score = static_cast<int>(a.size());
  int left = static_cast<int>(b.size());
  for (const char letter : b) {
    const std::uint64_t equal = positions.of(letter);
    const std::uint64_t swapped = kSwaps ? ((~diagonal & equal) << 1) & equal_before : 0;
    diagonal = (((equal & more) + more) ^ more) | equal | less | swapped;
    const std::uint64_t rises = less | ~(diagonal | more);
    const std::uint64_t falls = diagonal & more;
    score += static_cast<int>(rises >> last & 1) - static_cast<int>(falls >> last & 1);
    if (score - --left > max) return max + 1;
    const std::uint64_t rises_moved = rises << 1 | 1;
    more = falls << 1 | ~(diagonal | rises_moved);
    less = rises_moved & diagonal;
    equal_before = equal;
  }
  return std::min(score, max + 1);
}

// The table itself, three rows at a time, for strings that fit no word.
template <bool kSwaps>
int edits_long(std::string_view a, std::string_view b, int max) {
  std::vector<int> before(a.size() + 1);
  std::vector<int> above(a.size() + 1);
  std::vector<int> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = static_cast<int>(i);
  int least_above = 0;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = static_cast<int>(j);
    int least = row[0];
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[i] = std::min({row[i - 1] + 1, above[i] + 1, above[i - 1] + change});
      if (kSwaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[i] = std::min(row[i], before[i - 2] + 1);
      }
      least = std::min(least, row[i]);
    }
    if (least > max && least_above > max) return max + 1;
    least_above = least;
  }
  return std::min(row[a.size()], max + 1);
}

void drop_common_ends(std::string_view* a, std::string_view* b) {
  const std::size_t same = common_prefix(*a, *b, a->size());
  a->remove_prefix(same);
  b->remove_prefix(same);
  while (!a->empty() && !b->empty() && a->back() == b->back()) {
    a->remove_suffix(1);
    b->remove_suffix(1);
  }
}

template <bool kSwaps>
int edits(std::string_view a, std::string_view b, int max) {
  CHECK(max >= 0);
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > static_cast<std::size_t>(max)) return max + 1;
  if (max == 0) return a == b ? 0 : 1;
  if (b.size() <= 16) {
    switch (max) {
      case 1:
        return Diagonals<1, kSwaps>(a, b).distance();
      case 2:
        return Diagonals<2, kSwaps>(a, b).distance();
      case 3:
        return Diagonals<3, kSwaps>(a, b).distance();
      default:
        break;
    }
  }
  if (a.size() > kWordBits) drop_common_ends(&a, &b);
  const int size_b = static_cast<int>(b.size());
  if (a.empty()) return size_b;
  const int most = std::min(max, size_b);  // no distance exceeds it, and most + 1 cannot overflow
  if (a.size() <= 16) return edits_masks<1, kSwaps>(a, b, most);
  if (a.size() <= 32) return edits_masks<2, kSwaps>(a, b, most);
  if (a.size() <= kWordBits) return edits_masks<4, kSwaps>(a, b, most);
  return edits_long<kSwaps>(a, b, most);
}

// --- Words --------------------------------------------------------------------------------------

constexpr std::size_t kTypoLengthMin = 5;  // shorter words one edit apart are mostly other words
constexpr std::size_t kWordsMax = 256;     // pairing costs the product of both sides

// Writes up to `most` words of the text and returns how many.
std::size_t split(std::string_view text, std::string_view* into, std::size_t most) {
  std::size_t count = 0;
  std::size_t from = 0;
  while (count < most) {
    const std::string_view word = next_word(text, &from);
    if (word.empty()) break;
    into[count++] = word;
  }
  return count;
}

bool is_same_word(std::string_view a, std::string_view b) {
  if (a.size() < kTypoLengthMin || b.size() < kTypoLengthMin) return a == b;
  return osa(a, b, 1) <= 1;
}

// Pairs as many words of one side as possible with words of the other, each once (Kuhn's augmenting
// paths), so that the result depends neither on the order of the words nor on that of the sides.
class WordPairs {
 public:
  WordPairs(const std::string_view* few, const std::string_view* many, std::size_t many_count,
            std::size_t* partner, char* seen)
      : few_(few), many_(many), many_count_(many_count), partner_(partner), seen_(seen) {}

  static constexpr std::size_t kNone = ~std::size_t{0};

  std::size_t count(std::size_t few_count) {
    std::fill_n(partner_, many_count_, kNone);
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < few_count; ++i) {
      std::fill_n(seen_, many_count_, char{0});
      pairs += std::size_t{find(i)};
    }
    return pairs;
  }

 private:
  bool find(std::size_t i) {
    for (std::size_t j = 0; j < many_count_; ++j) {
      if (seen_[j] != 0 || !is_same_word(few_[i], many_[j])) continue;
      seen_[j] = 1;
      if (partner_[j] == kNone || find(partner_[j])) {
        partner_[j] = i;
        return true;
      }
    }
    return false;
  }

  const std::string_view* few_;
  const std::string_view* many_;
  std::size_t many_count_;
  std::size_t* partner_;
  char* seen_;
};

double overlap(const std::string_view* a, std::size_t a_count, const std::string_view* b,
               std::size_t b_count, std::size_t* partner, char* seen) {
  if (a_count > b_count) {
    std::swap(a, b);
    std::swap(a_count, b_count);
  }
  if (a_count == 0) return 0.0;
  const std::size_t pairs = WordPairs(a, b, b_count, partner, seen).count(a_count);
  return static_cast<double>(pairs) / static_cast<double>(a_count);
}

// The digit of a letter in American Soundex; '0' for vowels, which separate; '-' for h and w, which
// do not.
constexpr std::string_view kSoundexDigits = "01230120022455012623010202";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
static_assert(kSoundexDigits.size() == kLetters.size());

double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1.0;
  if (a.size() > b.size()) std::swap(a, b);  // the measure is symmetric, and a is walked
  double jaro = 0.0;
  if (b.size() <= 16) {
    jaro = jaro_masks<1>(a, b);
  } else if (b.size() <= 32) {
    jaro = jaro_masks<2>(a, b);
  } else if (b.size() <= kWordBits) {
    jaro = jaro_masks<4>(a, b);
  } else {
    jaro = jaro_long(a, b);
  }
  return with_prefix(jaro, a, b);
}

int levenshtein(std::string_view a, std::string_view b, int max) { return edits<false>(a, b, max); }

int osa(std::string_view a, std::string_view b, int max) { return edits<true>(a, b, max); }

double token_overlap(std::string_view a, std::string_view b) {
  constexpr std::size_t kFew = (kWordBits + 1) / 2;  // as many as 64 bytes can hold
  if (a.size() <= kWordBits && b.size() <= kWordBits) {
    std::array<std::string_view, kFew> in_a;
    std::array<std::string_view, kFew> in_b;
    std::array<std::size_t, kFew> partner;
    std::array<char, kFew> seen;
    return overlap(in_a.data(), split(a, in_a.data(), kFew), in_b.data(),
                   split(b, in_b.data(), kFew), partner.data(), seen.data());
  }
  std::vector<std::string_view> in_a(kWordsMax);
  std::vector<std::string_view> in_b(kWordsMax);
  std::vector<std::size_t> partner(kWordsMax);
  std::vector<char> seen(kWordsMax);
  return overlap(in_a.data(), split(a, in_a.data(), kWordsMax), in_b.data(),
                 split(b, in_b.data(), kWordsMax), partner.data(), seen.data());
}

std::string soundex(std::string_view a) {
  constexpr std::size_t kCodeMax = 4;
  const auto letter_index = [](char byte) {
    const char lower = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    return lower >= 'a' && lower <= 'z' ? static_cast<std::size_t>(lower - 'a') : kLetters.size();
  };
  std::size_t i = 0;
  while (i < a.size() && letter_index(a[i]) == kLetters.size()) ++i;
  std::string code;
  char previous = '0';
  for (; i < a.size() && code.size() < kCodeMax; ++i) {
    if (a[i] == '\'') continue;
    const std::size_t index = letter_index(a[i]);
    if (index == kLetters.size()) break;
    const char digit = kSoundexDigits[index];
    if (code.empty()) {
      code.push_back(kLetters[index]);
      previous = digit;
    } else if (kLetters[index] != 'h' && kLetters[index] != 'w') {
      if (digit != '0' && digit != previous) code.push_back(digit);
      previous = digit;
    }
  }
  return code;
}

double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  constexpr double kEarthRadiusKm = 6371.0088;
  const double up = std::sin(radians(latitude_b - latitude_a) / 2);
  const double across = std::sin(radians(longitude_b - longitude_a) / 2);
  const double h =
      up * up + std::cos(radians(latitude_a)) * std::cos(radians(latitude_b)) * across * across;
  return 2 * kEarthRadiusKm * std::asin(std::sqrt(std::min(1.0, h)));
}

}  // namespace clew::text
