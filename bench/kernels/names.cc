// Puts syllables together; nothing here is taken from real people.

#include "kernels/names.h"

#include <array>

#include "base/rng.h"

namespace clew::bench {
namespace {

constexpr std::array<std::string_view, 24> kSyllables = {
    "ma", "ri",  "an", "jo", "el", "san", "dro", "ve", "lin", "ka", "tor", "u",
    "be", "chi", "mo", "ha", "is", "ra",  "fa",  "ne", "gor", "ti", "lu",  "wen"};

std::string name(Rng* rng, const NamesOptions& options) {
  const auto choices = static_cast<std::uint32_t>(options.length_max - options.length_min + 1);
  const std::size_t length = options.length_min + rng->below(choices);
  std::string made;
  while (made.size() < length) made += kSyllables[rng->below(kSyllables.size())];
  made.resize(length);
  return made;
}

std::string misspelt(std::string name, Rng* rng) {
  const auto at = rng->below(static_cast<std::uint32_t>(name.size() - 1));
  switch (rng->below(4)) {
    case 0:
      name[at] = static_cast<char>('a' + rng->below(26));
      break;
    case 1:
      name.erase(at, 1);
      break;
    case 2:
      name.insert(at, 1, name[at]);
      break;
    default:
      std::swap(name[at], name[at + 1]);
      break;
  }
  return name;
}

}  // namespace

std::vector<std::string> names(const NamesOptions& options) {
  Rng rng(options.seed);
  std::vector<std::string> made(options.count);
  for (std::string& one : made) one = name(&rng, options);
  return made;
}

std::vector<std::pair<std::string, std::string>> name_pairs(const NamesOptions& options) {
  Rng rng(options.seed);
  std::vector<std::pair<std::string, std::string>> made(options.count);
  for (auto& [a, b] : made) {
    a = name(&rng, options);
    b = rng.below(4) == 0 ? misspelt(a, &rng) : name(&rng, options);
  }
  return made;
}

}  // namespace clew::bench
