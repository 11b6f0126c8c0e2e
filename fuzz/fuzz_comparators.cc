// Compares the levels of every comparison, and what digests say of them, with the slow twins.
// Seed: \001\000maria stefan\nmaria stephan
// Seed: \002\0011234567\n1234576
// Seed: \003\00019990403\n19990304
// Seed: \003\00019990403\n1999
// Seed: \006\000ana@x.org\nanna@x.org
// Seed: \007\000rue de la paix 12\n12, rue de la paix
// Seed: \010\00048.8566,2.3522\n48.86,2.36

#include <cmath>
#include <string_view>

#include "base/check.h"
#include "fuzz/input.h"
#include "link/field_type.h"
#include "reference/linkage.h"
#include "text/words.h"

namespace {

using namespace clew;

constexpr std::size_t kLengthMax = 200;  // the twins take the product of both lengths
constexpr std::size_t kWordsMax = 6;     // the twin tries every pairing
constexpr int kComparisons = 9;

std::vector<double> thresholds(link::Comparison comparison, int which) {
  if (which == 0) return {};
  if (comparison == link::Comparison::edits)
    return which == 1 ? std::vector<double>{1, 3} : std::vector<double>{2};
  return which == 1 ? std::vector<double>{0.9, 0.7, 0.5} : std::vector<double>{0.97};
}

// Two texts that are no points have no distance; near the edges the twins may round differently.
bool is_compared(link::Comparison comparison, std::string_view a, std::string_view b) {
  if (comparison == link::Comparison::point) return false;
  if (comparison != link::Comparison::tokens) return true;
  return text::words(a).size() <= kWordsMax && text::words(b).size() <= kWordsMax;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  link::FieldSpec spec;
  spec.comparison = static_cast<link::Comparison>(input.byte() % kComparisons);
  spec.thresholds = thresholds(spec.comparison, input.byte() % 3);
  const std::string_view a = input.line().substr(0, kLengthMax);
  const std::string_view b = input.rest().substr(0, kLengthMax);
  if (a.empty() || b.empty() || a == b) return 0;

  const link::FieldType& type = link::field_type(spec.comparison);
  const int level = type.compare(spec, a, b);
  CHECK(level >= link::kDiffer && level < type.equal_level(spec));
  CHECK(level == type.compare(spec, b, a));
  CHECK(!type.level_words(spec, level).empty());
  if (is_compared(spec.comparison, a, b)) CHECK(level == reference::single_level(spec, a, b));
  const std::uint32_t da = link::digest(type.digest_kind(), a);
  const std::uint32_t db = link::digest(type.digest_kind(), b);
  const bool dates = spec.comparison == link::Comparison::date;
  const auto is_whole = [](std::string_view text) {
    return text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (!dates || (is_whole(a) && is_whole(b))) {  // digests are made of canonical dates only
    const int by_digest = type.level_by_digest(spec, da, db);
    CHECK(by_digest == -1 || by_digest == level);
  }
  std::vector<link::KeyPart> keys;
  type.keys(spec, a, keys);
  const std::size_t parts = type.parts(spec).size();
  for (const link::KeyPart& key : keys) CHECK(key.part < parts && !key.text.empty());
  return 0;
}
