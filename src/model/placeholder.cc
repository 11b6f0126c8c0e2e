#include "model/placeholder.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace clew::model {
namespace {

// Folded values that mean "not known" wherever they stand, in the languages of recognise.h.
constexpr std::string_view kUnknown[] = {
    // English
    "unknown", "unkn", "unknwn", "not known", "notknown", "n/a", "n.a.", "n/k", "n.k.", "n/r",
    "#n/a", "not available", "not applicable", "not specified", "unspecified", "not stated",
    "not recorded", "not provided", "not given", "not disclosed", "no data", "no answer", "no name",
    "noname", "no surname", "no phone", "no email", "no e-mail", "no address", "no fixed address",
    "no dob", "undisclosed", "withheld", "redacted", "anonymous", "unnamed", "undefined", "(null)",
    "<null>", "(none)", "(blank)", "tbd", "tbc", "tba", "to be confirmed", "to be determined",
    "refused", "declined", "don't know", "dont know", "do not know", "test test", "testing",
    "placeholder", "lnu", "fnu", "no last name", "no first name",
    // French
    "inconnu", "inconnue", "non connu", "non connue", "non renseigne", "non renseignee",
    "non precise", "non disponible", "non applicable", "sans nom", "sans prenom", "aucun", "aucune",
    "pas de nom", "indetermine", "anonyme", "nsp", "ne sait pas",
    // Spanish
    "desconocido", "desconocida", "no conocido", "no sabe", "no consta", "no disponible",
    "no aplica", "sin nombre", "sin apellido", "sin datos", "sin informacion", "sin dato",
    "ninguno", "ninguna", "se desconoce", "s/d", "s/n", "ns/nc", "anonimo", "anonima",
    // Russian
    "неизвестно", "неизвестен", "неизвестна", "неизвестный", "неизвестная", "не известно",
    "не известен", "не указано", "не указан", "не указана", "нет данных", "н/д", "нет", "без имени",
    "отсутствует",
    // Arabic
    "مجهول", "مجهولة", "غير معروف", "غير معروفة", "غير محدد", "غير متوفر", "لا يوجد", "بدون اسم",
    "لا أعرف", "لا اعرف"};

// Words that mean "not known" in most columns, but are also names of people or places.
constexpr std::string_view kUnlessName[] = {
    "blank", "empty", "missing", "dk", "dummy", "unk", "na", "nan", "nil", "none", "null",
    "test",  "no",    "no se",   "nd", "nr",    "ns",  "nk", "non", "x",   "xx"};

// For each first byte the lengths of the words that begin with it, as bits: most values are told
// apart from all of the words by one look.
constexpr std::array<std::uint64_t, 256> lengths_by_first_byte() {
  std::array<std::uint64_t, 256> lengths{};
  const auto add = [&](std::string_view word) {
    lengths[static_cast<unsigned char>(word[0])] |= std::uint64_t{1} << (word.size() & 63U);
  };
  for (const std::string_view word : kUnknown) add(word);
  for (const std::string_view word : kUnlessName) add(word);
  return lengths;
}

constexpr std::array<std::uint64_t, 256> kLengths = lengths_by_first_byte();

bool may_be_word(std::string_view folded) {
  return folded.size() < 64 &&
         (kLengths[static_cast<unsigned char>(folded[0])] >> folded.size() & 1) != 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string digits_of(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), is_digit);
  return out;
}

bool is_one_repeated(std::string_view text) {
  return !text.empty() && text.find_first_not_of(text[0]) == std::string_view::npos;
}

// 12345678, 01234567890 and 87654321: each digit one more, or one less, than the one before, 9 and
// 0 being neighbours.
bool is_run(std::string_view digits) {
  if (digits.size() < 6) return false;
  bool up = true, down = true;
  for (std::size_t i = 1; i < digits.size(); ++i) {
    const int step = (digits[i] - digits[i - 1] + 10) % 10;
    up = up && step == 1;
    down = down && step == 9;
  }
  return up || down;
}

bool is_date_filler(std::string_view text) {
  const std::string digits = digits_of(text);
  if (digits.size() < 6 || digits.size() > 8) return false;
  if (text.find_first_not_of("0123456789-/. ") != std::string_view::npos) return false;
  if (is_one_repeated(digits)) return digits[0] == '0' || digits[0] == '9';
  return digits == "99991231" || digits == "31129999" || digits == "12319999" ||
         digits == "00010101" || digits == "01010001" || digits == "00000101";
}

}  // namespace

std::string placeholder_reason(std::string_view folded, ValueKind kind, double share) {
  if (folded.empty()) return {};
  const bool signs_only = std::all_of(folded.begin(), folded.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && (c < 'a' || c > 'z');
  });
  if (signs_only) return "holds no letter and no digit";
  const bool word = may_be_word(folded);
  if (word && among(kUnknown, folded)) return "means unknown";
  if (word && among(kUnlessName, folded) && (kind != ValueKind::name || share >= 0.01)) {
    // A single x is a code of its own in a text column.
    if (kind != ValueKind::text || folded[0] != 'x') return "means unknown";
  }
  const std::size_t repeated_min = kind == ValueKind::name ? 2 : 3;
  if (folded[0] == 'x' && is_one_repeated(folded) && folded.size() >= repeated_min) {
    return "one letter repeated";
  }
  if (kind == ValueKind::date && is_date_filler(folded)) return "no date of the calendar";
  if (kind == ValueKind::identifier) {
    const std::string squeezed = text::squeeze(folded);
    if (squeezed.size() >= 5 && is_digit(squeezed[0]) && is_one_repeated(squeezed)) {
      return "one digit repeated";
    }
    if (squeezed.size() >= 8 && is_run(squeezed)) return "digits in sequence";
  }
  return {};
}

bool is_dummy_shape(std::string_view squeezed) {
  const std::string digits = digits_of(squeezed);
  if (digits.size() < 5 || digits.size() * 2 < squeezed.size()) return false;
  std::array<bool, 10> seen{};
  for (const char c : digits) seen[static_cast<std::size_t>(c - '0')] = true;
  if (std::count(seen.begin(), seen.end(), true) <= 2 || is_run(digits)) return true;
  // A country code may stand before the dummy ("+33 1 23 45 67 89").
  for (std::size_t cut = 1; cut <= 3 && digits.size() >= cut + 7; ++cut) {
    const std::string_view rest = std::string_view(digits).substr(cut);
    if (is_one_repeated(rest) || is_run(rest)) return true;
  }
  for (std::size_t period = 2; period <= 4 && period * 2 <= digits.size(); ++period) {
    if (std::string_view(digits).substr(period) ==
        std::string_view(digits).substr(0, digits.size() - period)) {
      return true;
    }
  }
  return false;
}

bool is_dummy_email(std::string_view folded) {
  constexpr std::string_view kLocal[] = {
      "none",   "no",       "na",       "n/a",      "test",     "noemail", "no-email",
      "nomail", "unknown",  "no.email", "noreply",  "no-reply", "x",       "xx",
      "xxx",    "a",        "aa",       "aaa",      "abc",      "null",    "dummy",
      "nil",    "sansmail", "sinemail", "nocorreo", "email",    "mail"};
  constexpr std::string_view kDomain[] = {"example.com", "example.org", "example.net", "test.com",
                                          "none.com",    "unknown.com", "noemail.com", "nomail.com",
                                          "email.com",   "mail.mail",   "a.com",       "x.com",
                                          "xxx.com"};
  const std::size_t at = folded.find('@');
  if (at == std::string_view::npos) return false;
  return among(kLocal, folded.substr(0, at)) || among(kDomain, folded.substr(at + 1));
}

std::uint64_t dummy_count_min(std::vector<std::uint32_t> counts) {
  if (counts.empty()) return 50;
  // Among few values the last thousandth may be the dummies themselves.
  const std::size_t above = counts.size() < 10000 ? counts.size() / 100 : counts.size() / 1000;
  const std::size_t rank =
      counts.size() - 1 - std::max<std::size_t>(above, counts.size() > 1 ? 1 : 0);
  std::nth_element(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(rank),
                   counts.end());
  return std::max<std::uint64_t>(50, std::uint64_t{20} * counts[rank]);
}

void DayCounts::add(std::string_view canonical, std::uint64_t count) {
  if (canonical.size() != 8) return;
  const auto two = [&](std::size_t at) {
    return static_cast<std::size_t>((canonical[at] - '0') * 10 + canonical[at + 1] - '0');
  };
  const std::size_t day = (two(4) - 1) * 31 + two(6) - 1;
  if (day < of_day_.size()) of_day_[day] += count;
}

double DayCounts::january_excess() const {
  std::vector<std::uint64_t> days;
  for (std::size_t i = 1; i < of_day_.size(); ++i) {
    // The seven days that no month has stay out; 29 February counts as a day like any other.
    const std::size_t month = i / 31 + 1, day = i % 31 + 1;
    const bool none = (month == 2 && day > 29) ||
                      (day == 31 && (month == 4 || month == 6 || month == 9 || month == 11));
    if (!none) days.push_back(of_day_[i]);
  }
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  const double median = static_cast<double>(std::max<std::uint64_t>(1, *middle));
  const double ratio = static_cast<double>(of_day_[0]) / median;
  return of_day_[0] > 20 && ratio > 5 ? ratio : 0;
}

}  // namespace clew::model
