// Ages as people write them, and the birth dates that they allow.
#include <algorithm>
#include <cmath>

#include "model/date.h"
#include "text/fold.h"

namespace clew::model {
namespace {

constexpr double kAgeMax = 120;

constexpr std::string_view kAbout[] = {
    "about",     "approx",  "approximately", "around", "circa",           "ca",
    "c",         "environ", "vers",          "aprox",  "aproximadamente", "unos",
    "alrededor", "около",   "примерно",      "прибл",  "حوالي",           "نحو"};
constexpr std::string_view kYears[] = {
    "years", "year", "yrs", "yr",  "y",   "yo",   "o", "old", "age", "aged",  "ans", "an",
    "anos",  "ano",  "de",  "лет", "год", "года", "г", "л",   "سنة", "سنوات", "عام", "عاما"};
constexpr std::string_view kMonths[] = {"months", "month", "mos", "mo",      "m",
                                        "mois",   "meses", "mes", "месяцев", "месяца",
                                        "месяц",  "мес",   "شهر", "أشهر",    "اشهر"};
constexpr std::string_view kUnder[] = {"under", "below", "less", "than",   "moins", "menos",
                                       "mas",   "menor", "до",   "младше", "أقل",   "من"};
constexpr std::string_view kOver[] = {"over", "above", "plus", "mayor", "старше", "أكثر"};

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

struct Age {
  double numbers[2] = {0, 0};
  int count = 0;
  bool about = false, months = false, under = false, over = false, range = false, bad = false;
};

void take_word(std::string_view word, Age* age) {
  if (among(kAbout, word)) {
    age->about = true;
  } else if (among(kMonths, word)) {
    age->months = true;
  } else if (among(kUnder, word)) {
    age->under = true;
  } else if (among(kOver, word)) {
    age->over = true;
  } else if (word == "to" || word == "a" || word == "et" || word == "and" || word == "or" ||
             word == "y" || word == "ou" || word == "или" || word == "إلى") {
    age->range = true;
  } else if (!among(kYears, word)) {
    age->bad = true;
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

void take_sign(char c, Age* age) {
  switch (c) {
    case '~':
      age->about = true;
      break;
    case '<':
      age->under = true;
      break;
    case '>':
    case '+':
      age->over = true;
      break;
    case '-':
      age->range = true;
      break;
    case ' ':
    case '.':
    case '/':
    case '=':
      break;
    default:
      age->bad = true;
  }
}

Age parse(std::string_view text) {
  Age age;
  std::size_t at = 0;
  while (at < text.size() && !age.bad) {
    const std::size_t from = at;
    if (is_digit(text[at])) {
      double value = 0, scale = 1;
      bool fraction = false;
      for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !fraction)); ++at) {
        if (text[at] == '.') {
          fraction = true;
        } else {
          value = value * 10 + (text[at] - '0');
          if (fraction) scale *= 10;
        }
      }
      if (age.count == 2 || at - from > 6) age.bad = true;
      if (age.count < 2) age.numbers[age.count++] = value / scale;
    } else if (is_letter(text[at])) {
      while (at < text.size() && is_letter(text[at])) ++at;
      take_word(text.substr(from, at - from), &age);
    } else {
      take_sign(text[at++], &age);
    }
  }
  return age;
}

// The day `months` before `on`; a day that its month does not have becomes the last one.
Day months_before(Day on, int months) {
  const std::string text = day_to_text(on);
  const int year = std::stoi(text.substr(0, 4)), month = std::stoi(text.substr(4, 2));
  const int index = year * 12 + month - 1 - months;
  const int y = std::max(1, index / 12);
  const unsigned m = static_cast<unsigned>(index % 12 + 1);
  unsigned d = static_cast<unsigned>(std::stoi(text.substr(6, 2)));
  while (!is_civil(y, m, d)) --d;
  return day_from_civil(y, m, d);
}

}  // namespace

std::optional<AgeRange> read_age(std::string_view text) {
  std::string folded = text::fold(text);
  const Age age = parse(folded);
  if (age.bad || age.count == 0 || (age.count == 2 && !age.range)) return std::nullopt;
  if (age.count == 1 && age.range && folded.front() == '-') return std::nullopt;
  const double unit = age.months ? 1.0 / 12 : 1;
  const auto whole = [&](double n) { return std::floor(n) * unit; };
  AgeRange range{whole(age.numbers[0]), whole(age.numbers[age.count - 1])};
  if (range.low > range.high) return std::nullopt;
  if (age.count == 1 && age.under && age.over) return std::nullopt;
  if (age.count == 1 && age.under) {
    range = {0, std::max(0.0, range.high - unit)};
  } else if (age.count == 1 && age.over) {
    range.high = kAgeMax;
  }
  if (age.about) {
    range.low = std::max(0.0, range.low - 2 * unit);
    range.high += 2 * unit;
  }
  if (range.low > kAgeMax) return std::nullopt;
  range.high = std::min(range.high, kAgeMax);
  return range;
}

DayInterval birth_interval(AgeRange age, Day on) {
  // An age in months is a fraction of a year; its last completed unit is then a month.
  const int low = static_cast<int>(std::lround(age.low * 12));
  const int high = static_cast<int>(std::lround(age.high * 12));
  const int unit = high % 12 == 0 ? 12 : 1;
  return {months_before(on, high + unit) + 1, months_before(on, low)};
}

}  // namespace clew::model
