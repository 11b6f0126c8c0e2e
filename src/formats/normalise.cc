#include "formats/normalise.h"

#include <algorithm>

#include "formats/profile.h"
#include "model/phone.h"
#include "text/fold.h"
#include "text/words.h"

namespace clew::formats {
namespace {

using link::Comparison;
using link::Role;

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Folding would turn the underscore of an address into a blank.
std::string fold_email(std::string_view raw) {
  std::string out;
  if (!is_ascii(raw)) return text::fold(raw);
  for (const char c : raw) {
    if (c == ' ') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (out.starts_with("mailto:")) out.erase(0, 7);
  return out;
}

// The first run of digits without leading zeros: "12b" and "No 012" are 12.
std::string first_number(std::string_view folded) {
  const std::size_t from = folded.find_first_of("0123456789");
  if (from == std::string_view::npos) return {};
  std::string_view run = folded.substr(from);
  run = run.substr(0, run.find_first_not_of("0123456789"));
  while (run.size() > 1 && run.front() == '0') run.remove_prefix(1);
  return std::string(run);
}

// "https://service.org/name/" and "@name" are "name".
std::string_view handle_of(std::string_view raw) {
  while (!raw.empty() && raw.back() == '/') raw.remove_suffix(1);
  raw = raw.substr(0, raw.find('?'));
  const std::size_t slash = raw.rfind('/');
  if (slash != std::string_view::npos && slash + 1 < raw.size()) raw.remove_prefix(slash + 1);
  return raw;
}

std::string of_phone(std::string_view raw, const NormaliseOptions& options) {
  return model::normalise_phone(raw, options.default_country);
}

// The canonical form of a single value; "" when nothing is left of it.
std::string canonical_of(std::string_view raw, std::string_view folded,
                         const NormaliseOptions& options) {
  if (options.part == "given") return split_name(raw).given;
  if (options.part == "family") return split_name(raw).family;
  if (options.role == Role::sex) {
    const std::string_view sex = sex_of(folded);
    return std::string(sex.empty() ? folded : sex);
  }
  if (options.role == Role::phone) return of_phone(raw, options);
  if (options.role == Role::handle) return text::squeeze(text::fold(handle_of(raw)));
  switch (options.comparison) {
    case Comparison::edits:
      return text::squeeze(folded);
    case Comparison::email:
      return fold_email(raw);
    case Comparison::number:
      return first_number(folded);
    case Comparison::initial: {
      std::string out(folded);
      if (!out.empty() && out.back() == '.') out.pop_back();
      return out;
    }
    default:
      return std::string(folded);
  }
}

std::string problem_of(const NormaliseOptions& options) {
  if (options.role == Role::phone) return "not a phone number";
  if (options.comparison == Comparison::number) return "not a number";
  return {};
}

bool is_dummy_value(std::string_view folded, const NormaliseOptions& options) {
  if (options.role == Role::email) return model::is_dummy_email(folded);
  return model::is_dummy_shape(text::squeeze(folded));
}

void add_single(std::string_view raw, const NormaliseOptions& options, double share, bool is_dummy,
                Normal* out) {
  const std::string folded =
      options.comparison == Comparison::email ? fold_email(raw) : text::fold(raw);
  if (folded.empty()) return;
  std::string reason = placeholder_of(folded, options, share);
  if (reason.empty() && is_dummy && is_dummy_value(folded, options)) {
    reason = "far more frequent than other values, and built like a dummy";
  }
  if (!reason.empty()) {
    out->placeholder = std::move(reason);
    return;
  }
  std::string value = canonical_of(raw, folded, options);
  if (value.empty()) {
    if (out->problem.empty()) out->problem = problem_of(options);
    return;
  }
  out->values.push_back(std::move(value));
}

}  // namespace

model::ValueKind kind_of(Role role, Comparison comparison) {
  switch (role) {
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
    case Role::full_name:
      return model::ValueKind::name;
    case Role::phone:
    case Role::document:
    case Role::handle:
      return model::ValueKind::identifier;
    case Role::email:
      return model::ValueKind::email;
    case Role::birth_date:
      return model::ValueKind::date;
    default:
      return comparison == Comparison::date ? model::ValueKind::date : model::ValueKind::text;
  }
}

std::string placeholder_of(std::string_view folded, const NormaliseOptions& options, double share) {
  if (options.placeholders != nullptr && !options.placeholders->empty() &&
      std::binary_search(options.placeholders->begin(), options.placeholders->end(), folded)) {
    return "named in the settings";
  }
  if (options.role == Role::postcode && folded.size() >= 4 &&
      folded.find_first_not_of('0') == std::string_view::npos) {
    return "one digit repeated";
  }
  return model::placeholder_reason(folded, kind_of(options.role, options.comparison), share);
}

Normal normalise(std::string_view raw, const NormaliseOptions& options, double share,
                 bool is_dummy) {
  Normal out;
  // A JSON array always holds several, whatever the separator of the column.
  const bool is_list = raw.find(table::kListSeparator) != std::string_view::npos;
  const char separator = is_list ? table::kListSeparator : options.separator;
  if (separator == 0 || raw.find(separator) == std::string_view::npos) {
    add_single(raw, options, share, is_dummy, &out);
    return out;
  }
  while (true) {
    const std::size_t at = raw.find(separator);
    add_single(trim(raw.substr(0, at)), options, share, is_dummy, &out);
    if (at == std::string_view::npos) break;
    raw.remove_prefix(at + 1);
  }
  std::sort(out.values.begin(), out.values.end());
  out.values.erase(std::unique(out.values.begin(), out.values.end()), out.values.end());
  return out;
}

NameParts split_name(std::string_view raw) {
  constexpr std::string_view kTitles[] = {"mr",  "mrs",  "ms",  "miss", "dr",  "prof",
                                          "mme", "mlle", "sra", "srta", "don", "dona"};
  constexpr std::string_view kSuffixes[] = {"jr", "sr", "ii", "iii", "iv"};
  constexpr std::string_view kParticles[] = {
      "de",  "del",  "della", "di",  "da",  "dos", "das",   "du",  "la",  "le",
      "van", "von",  "der",   "den", "ter", "al",  "el",    "bin", "ben", "ibn",
      "abu", "bint", "ould",  "mac", "al-", "st",  "santa", "san", "y"};
  const std::size_t comma = raw.find(',');
  if (comma != std::string_view::npos && raw.find(',', comma + 1) == std::string_view::npos) {
    const std::string family = text::fold(raw.substr(0, comma));
    const std::string given = text::fold(raw.substr(comma + 1));
    const bool suffix = among(kSuffixes, text::squeeze(given));
    if (!given.empty() && !family.empty() && !suffix) return {given, family};
    raw = raw.substr(0, comma);
  }
  const std::string folded = text::fold(raw);
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t blank = std::min(folded.find(' ', at), folded.size());
    if (blank > at) words.push_back(std::string_view(folded).substr(at, blank - at));
    at = blank + 1;
  }
  const auto bare = [](std::string_view word) { return text::squeeze(word); };
  while (words.size() > 1 && among(kTitles, bare(words.front()))) words.erase(words.begin());
  while (words.size() > 2 && among(kSuffixes, bare(words.back()))) words.pop_back();
  if (words.empty()) return {};
  std::size_t family = words.size() - 1;
  while (family > 1 && among(kParticles, words[family - 1])) --family;
  NameParts parts;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string& to = i < std::max<std::size_t>(family, 1) ? parts.given : parts.family;
    if (!to.empty()) to += ' ';
    to += words[i];
  }
  return parts;
}

}  // namespace clew::formats
