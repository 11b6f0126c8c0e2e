#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "table/table.h"

namespace clew::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kDots = "•••";

struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// Decodes one letter; overlong forms, surrogates and cut sequences are not valid.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {};
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte(at + i) & 0x3FU);
  }
  const char32_t lowest = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  if (code < lowest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length, true};
}

bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || c == 0x061C ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::size_t width_of(char32_t c) {
  const bool combining = (c >= 0x300 && c < 0x370) || (c >= 0x610 && c <= 0x61A) ||
                         (c >= 0x64B && c <= 0x65F) || (c >= 0x1AB0 && c < 0x1B00) ||
                         (c >= 0x200B && c <= 0x200D) || (c >= 0x20D0 && c < 0x2100);
  if (combining) return 0;
  const bool wide = (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0) ||
                    (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xF900 && c < 0xFB00) ||
                    (c >= 0xFF00 && c < 0xFF61) || (c >= 0x1F300 && c < 0x1FB00) ||
                    (c >= 0x20000 && c < 0x40000);
  return wide ? 2 : 1;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "19990512" -> "1999-05-12"; nothing when the text is no canonical single date.
std::optional<std::string> hyphened_date(std::string_view text) {
  if ((text.size() != 4 && text.size() != 6 && text.size() != 8) || !all_digits(text)) return {};
  std::string date(text.substr(0, 4));
  if (text.size() >= 6) {
    const std::string_view month = text.substr(4, 2);
    if (month < "01" || month > "12") return {};
    date.append("-").append(month);
  }
  if (text.size() == 8) {
    const std::string_view day = text.substr(6, 2);
    if (day < "01" || day > "31") return {};
    date.append("-").append(day);
  }
  return date;
}

// A single date or an interval of two, whole or years only; nothing when it is neither.
std::optional<std::string> date_in_words(std::string_view text, Values values) {
  const std::size_t slash = text.find('/');
  const auto first = hyphened_date(text.substr(0, slash));
  const auto last = slash == text.npos ? first : hyphened_date(text.substr(slash + 1));
  if (!first || !last) return {};
  const auto cut = [&](const std::string& date) {
    if (values == Values::shown) return date;
    return date.substr(0, 4) + (date.size() > 4 ? "-••" : "");
  };
  if (slash == text.npos) return cut(*first);
  return cut(*first) + " to " + cut(*last);
}

// Only a name says whether eight digits are a date or a phone; in doubt the value is masked more.
bool names_a_date(std::string_view field) {
  constexpr std::string_view kWords[] = {"date", "birth", "born", "dob", "age"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return field.find(word) != field.npos; });
}

std::string single_value(std::string_view value, std::string_view field, Values values) {
  if (names_a_date(field)) {
    if (auto date = date_in_words(value, values)) return *date;
  }
  std::string clean = plain(value);
  if (values == Values::shown) return clean;
  if (display_width(clean) <= 2) return std::string(kDots);
  return clean.substr(0, letter_at(clean, 0).bytes) + std::string(kDots);
}

}  // namespace

std::string grouped(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string grouped(double n) {
  if (!(n < 1e18)) return fmt::format("{:.3g}", n);
  return grouped(static_cast<std::uint64_t>(std::llround(std::max(n, 0.0))));
}

std::string percent(double share) {
  const double value = 100 * share;
  if (value == 0) return "0%";
  if (value > 0 && value < 0.001) return "1 in " + grouped(1 / share);
  if (value < 0.1) return fmt::format("{:.2g}%", value);
  if (value > 99.9 && value < 100) return fmt::format("{:.3f}%", value);
  return fmt::format("{:.1f}%", value);
}

std::string signed_bits(double bits) {
  std::string size = fmt::format("{:.2f}", std::abs(bits));
  if (size == "0.00") return size;
  return (bits < 0 ? "−" : "+") + size;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(n), n == 1 ? one : many);
}

std::string chance_in_words(double probability) {
  const bool likely = probability >= 0.5;
  const double rest = likely ? 1 - probability : probability;
  if (rest > 0.4) {
    return fmt::format("as likely as not one person: of 100 such pairs about {:.0f} are",
                       100 * probability);
  }
  const std::string_view degree = rest <= 0.001  ? "almost certainly"
                                  : rest <= 0.05 ? "very likely"
                                  : rest <= 0.2  ? "likely"
                                                 : "rather";
  // A round base with a whole number of pairs reads easier than a fraction.
  double base = 100;
  while (rest * base < 1.5 && base < 1e9) base *= 10;
  const double pairs = rest * base;
  const std::string amount = pairs < 0.5 ? "less than 1" : fmt::format("about {:.0f}", pairs);
  return fmt::format("{} {}one person: of {} such pairs {} {}{}", degree, likely ? "" : "not ",
                     grouped(base), amount, pairs < 1.5 ? "is" : "are", likely ? " not" : "");
}

std::string verdict_in_words(double bits, double probability) {
  return fmt::format("{} bits, probability {:.4g}: {}.", signed_bits(bits), probability,
                     chance_in_words(probability));
}

std::string_view decision_in_words(link::Decision decision) {
  switch (decision) {
    case link::Decision::linked:
      return "proposed as one";
    case link::Decision::review:
      return "for review";
    case link::Decision::apart:
      return "kept apart";
  }
  return "";
}

std::string_view role_in_words(link::Role role) {
  constexpr std::string_view kWords[] = {
      "not used",   "record id",   "source",      "truth label",  "report date", "free text",
      "given name", "middle name", "family name", "full name",    "birth date",  "age",
      "sex",        "phone",       "e-mail",      "house number", "street",      "address",
      "postcode",   "place",       "country",     "document",     "handle",      "category",
      "number",     "latitude",    "longitude"};
  static_assert(std::size(kWords) == static_cast<std::size_t>(link::Role::longitude) + 1);
  return kWords[static_cast<std::size_t>(role)];
}

std::string_view kind_in_words(link::TermKind kind) {
  switch (kind) {
    case link::TermKind::prior:
      return "starting point";
    case link::TermKind::agreement:
      return "agreement";
    case link::TermKind::difference:
      return "difference";
    case link::TermKind::missing:
      return "not known";
    case link::TermKind::frequency:
      return "frequency";
    case link::TermKind::dependence:
      return "counted once";
    case link::TermKind::relative:
      return "relatives";
    case link::TermKind::source_pair:
      return "sources";
  }
  return "";
}

std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = letter_at(text, at);
    const bool kept = letter.valid && !steers(letter.code);
    out.append(kept ? text.substr(at, letter.bytes) : kReplacement);
    at += letter.bytes;
  }
  return out;
}

std::string value_in_words(std::string_view value, std::string_view field, Values values) {
  std::string out;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(table::kListSeparator), value.size());
    if (end > 0) {
      if (!out.empty()) out.append("; ");
      out.append(single_value(value.substr(0, end), field, values));
    }
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return out;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Letter letter = letter_at(utf8, at);
    width += letter.valid ? width_of(letter.code) : 1;
    at += letter.bytes;
  }
  return width;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(line);
      line.clear();
    }
    if (!word.empty()) line.append(line.empty() ? "" : " ").append(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string fitted(std::string_view text, std::size_t width) {
  const std::size_t whole = display_width(text);
  if (whole <= width) return std::string(text) + std::string(width - whole, ' ');
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = letter_at(text, at);
    const std::size_t columns = letter.valid ? width_of(letter.code) : 1;
    if (used + columns + 1 > width) break;
    out.append(text.substr(at, letter.bytes));
    used += columns;
    at += letter.bytes;
  }
  return out + "…" + std::string(width - used - 1, ' ');
}

}  // namespace clew::report
