// Compares every string measure with its slow twin, whatever the bytes.
// Seed: \002MARTHA\nMARHTA
// Seed: \002DIXON\nDICKSONX
// Seed: \003kitten\nsitting
// Seed: \001ca\nabc
// Seed: \017market street 12\n12, marekt streets
// Seed: \040abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz\nbacdefghijklmnopqrstuvwxyz
// Seed: \005Ashcraft\nO'Brien

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/check.h"
#include "fuzz/input.h"
#include "reference/similarity.h"
#include "text/similarity.h"
#include "text/words.h"

namespace {

using namespace clew;

constexpr std::size_t kLengthMax = 300;  // the twins take the product of both lengths
constexpr std::size_t kWordsMax = 6;     // the twin tries every pairing

void check_edits(std::string_view a, std::string_view b, int max) {
  CHECK(text::levenshtein(a, b, max) == std::min(reference::levenshtein(a, b), max + 1));
  CHECK(text::osa(a, b, max) == std::min(reference::osa(a, b), max + 1));
}

void check_jaro_winkler(std::string_view a, std::string_view b) {
  const double similarity = text::jaro_winkler(a, b);
  CHECK(similarity == reference::jaro_winkler(a, b));
  CHECK(similarity >= 0 && similarity <= 1);
  CHECK(std::abs(similarity - text::jaro_winkler(b, a)) < 1e-15);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const int max = input.byte();
  const std::string_view a = input.line().substr(0, kLengthMax);
  const std::string_view b = input.rest().substr(0, kLengthMax);
  check_edits(a, b, max);
  check_edits(a, b, max % 4);
  check_jaro_winkler(a, b);
  CHECK(text::soundex(a) == reference::soundex(a));
  CHECK(text::soundex(b) == reference::soundex(b));
  const double overlap = text::token_overlap(a, b);
  CHECK(overlap >= 0 && overlap <= 1 && overlap == text::token_overlap(b, a));
  if (text::words(a).size() <= kWordsMax && text::words(b).size() <= kWordsMax) {
    CHECK(overlap == reference::token_overlap(a, b));
  }
  return 0;
}
