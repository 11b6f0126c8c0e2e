#include "model/date.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/fold.h"

namespace clew::model {
namespace {

constexpr std::array<unsigned, 13> kMonthDays = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Month names as text::fold leaves them: Latin without diacritics, other scripts as written.
struct MonthName {
  std::string_view name;
  unsigned month;
};

constexpr MonthName kMonthNames[] = {
    // English
    {"january", 1},
    {"jan", 1},
    {"february", 2},
    {"feb", 2},
    {"march", 3},
    {"mar", 3},
    {"april", 4},
    {"apr", 4},
    {"may", 5},
    {"june", 6},
    {"jun", 6},
    {"july", 7},
    {"jul", 7},
    {"august", 8},
    {"aug", 8},
    {"september", 9},
    {"sep", 9},
    {"sept", 9},
    {"october", 10},
    {"oct", 10},
    {"november", 11},
    {"nov", 11},
    {"december", 12},
    {"dec", 12},
    // French
    {"janvier", 1},
    {"janv", 1},
    {"fevrier", 2},
    {"fevr", 2},
    {"fev", 2},
    {"mars", 3},
    {"avril", 4},
    {"avr", 4},
    {"mai", 5},
    {"juin", 6},
    {"juillet", 7},
    {"juil", 7},
    {"aout", 8},
    {"septembre", 9},
    {"octobre", 10},
    {"novembre", 11},
    {"decembre", 12},
    // Spanish
    {"enero", 1},
    {"ene", 1},
    {"febrero", 2},
    {"marzo", 3},
    {"abril", 4},
    {"abr", 4},
    {"mayo", 5},
    {"junio", 6},
    {"julio", 7},
    {"agosto", 8},
    {"ago", 8},
    {"septiembre", 9},
    {"setiembre", 9},
    {"octubre", 10},
    {"noviembre", 11},
    {"diciembre", 12},
    {"dic", 12},
    // Russian, nominative and genitive
    {"январь", 1},
    {"января", 1},
    {"янв", 1},
    {"февраль", 2},
    {"февраля", 2},
    {"фев", 2},
    {"март", 3},
    {"марта", 3},
    {"мар", 3},
    {"апрель", 4},
    {"апреля", 4},
    {"апр", 4},
    {"май", 5},
    {"мая", 5},
    {"июнь", 6},
    {"июня", 6},
    {"июн", 6},
    {"июль", 7},
    {"июля", 7},
    {"июл", 7},
    {"август", 8},
    {"августа", 8},
    {"авг", 8},
    {"сентябрь", 9},
    {"сентября", 9},
    {"сен", 9},
    {"сент", 9},
    {"октябрь", 10},
    {"октября", 10},
    {"окт", 10},
    {"ноябрь", 11},
    {"ноября", 11},
    {"ноя", 11},
    {"декабрь", 12},
    {"декабря", 12},
    {"дек", 12},
    // Arabic: Egypt and the Gulf, the Levant and Iraq, the Maghreb
    {"يناير", 1},
    {"فبراير", 2},
    {"مارس", 3},
    {"أبريل", 4},
    {"ابريل", 4},
    {"إبريل", 4},
    {"مايو", 5},
    {"يونيو", 6},
    {"يونيه", 6},
    {"يوليو", 7},
    {"يوليه", 7},
    {"أغسطس", 8},
    {"اغسطس", 8},
    {"سبتمبر", 9},
    {"أكتوبر", 10},
    {"اكتوبر", 10},
    {"نوفمبر", 11},
    {"ديسمبر", 12},
    {"كانون الثاني", 1},
    {"شباط", 2},
    {"آذار", 3},
    {"اذار", 3},
    {"نيسان", 4},
    {"أيار", 5},
    {"ايار", 5},
    {"حزيران", 6},
    {"تموز", 7},
    {"آب", 8},
    {"اب", 8},
    {"أيلول", 9},
    {"ايلول", 9},
    {"تشرين الأول", 10},
    {"تشرين الاول", 10},
    {"تشرين الثاني", 11},
    {"كانون الأول", 12},
    {"كانون الاول", 12},
    {"جانفي", 1},
    {"فيفري", 2},
    {"أفريل", 4},
    {"ماي", 5},
    {"جوان", 6},
    {"جويلية", 7},
    {"أوت", 8}};

// Words that stand in dates without changing them ("3 de mayo de 1999", "1st of May", "5 мая 1999
// г").
constexpr std::string_view kFillers[] = {"st",  "nd",  "rd",  "th",  "er", "de",   "del",
                                         "of",  "the", "le",  "el",  "du", "г",    "года",
                                         "год", "в",   "سنة", "عام", "من", "born", "dob"};

unsigned month_of(std::string_view word) {
  for (const MonthName& m : kMonthNames) {
    if (m.name == word) return m.month;
  }
  return 0;
}

bool is_filler(std::string_view word) {
  return std::find(std::begin(kFillers), std::end(kFillers), word) != std::end(kFillers);
}

struct Part {
  int value = 0;
  unsigned digits = 0;  // 0: a month name
};

// The numbers and the month name of a date, in the order in which they are written.
struct Parts {
  std::array<Part, 4> part;
  std::size_t count = 0;
  bool dotted = false;
  bool readable = true;
  std::string_view compact;  // a single run of more than four digits

  void add(Part p) {
    if (count < part.size()) part[count] = p;
    if (count++ >= part.size()) readable = false;
  }
};

// Cuts a time of day: "2001-05-06 10:30", "2001-05-06T10:30:00Z", "20010506T1030".
std::string_view without_time(std::string_view text) {
  std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    while (colon > 0 && is_digit(text[colon - 1])) --colon;
    if (colon == 0 ||
        (text[colon - 1] != ' ' && text[colon - 1] != 't' && text[colon - 1] != ',')) {
      return {};
    }
    text = text.substr(0, colon - 1);
  }
  const std::size_t t = text.find('t');
  if (t != std::string_view::npos && t >= 8 && is_digit(text[t - 1]) &&
      (t + 1 == text.size() || is_digit(text[t + 1]))) {
    text = text.substr(0, t);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.remove_suffix(1);
  return text;
}

void add_word(std::string_view word, std::string* pending, Parts* parts) {
  const std::string joined =
      pending->empty() ? std::string(word) : *pending + " " + std::string(word);
  if (const unsigned month = month_of(joined); month != 0) {
    pending->clear();
    parts->add({static_cast<int>(month), 0});
  } else if (!is_filler(word)) {
    // Only the two-word months of the Levant may wait for their second word.
    if (!pending->empty() || (word != "كانون" && word != "تشرين")) parts->readable = false;
    *pending = word;
  }
}

Parts split(std::string_view text) {
  Parts parts;
  std::string pending;
  std::size_t at = 0;
  while (at < text.size() && parts.readable) {
    const std::size_t from = at;
    if (is_digit(text[at])) {
      int value = 0;
      while (at < text.size() && is_digit(text[at])) {
        if (at - from < 8) value = value * 10 + (text[at] - '0');
        ++at;
      }
      const unsigned digits = static_cast<unsigned>(at - from);
      if (digits > 4) parts.compact = text.substr(from, digits);
      parts.add({value, digits});
    } else if (is_word(text[at])) {
      while (at < text.size() && is_word(text[at])) ++at;
      add_word(text.substr(from, at - from), &pending, &parts);
    } else {
      if (text[at] == '.') parts.dotted = true;
      if (std::string_view("-/., '").find(text[at]) == std::string_view::npos)
        parts.readable = false;
      ++at;
    }
  }
  if (!pending.empty() || parts.count == 0) parts.readable = false;
  return parts;
}

int full_year(const Part& part, int year_now) {
  if (part.digits > 2) return part.value;
  const int century = year_now / 100 * 100;
  const int year = century + part.value;
  return year > year_now ? year - 100 : year;
}

std::string two(unsigned n) {
  return {static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)};
}

std::string four(int year) {
  const unsigned y = static_cast<unsigned>(year);
  return two(y / 100) + two(y % 100);
}

// Canonical form of a year, month and day in which 0 means "not known"; "" when there is no such
// date.
std::string canonical_of(int year, unsigned month, unsigned day, int year_now) {
  if (year < 1 || year > 9999 || month > 12 || (year_now > 0 && year > year_now + 1)) return {};
  if (month == 0) return day > 31 ? std::string() : four(year);
  if (day == 0) return four(year) + two(month);
  return is_civil(year, month, day) ? four(year) + two(month) + two(day) : std::string();
}

struct Readings {
  std::string year_first, day_first, month_first;  // "" where that order gives no date
  bool sensitive = false;  // the outcome depends on the order; otherwise year_first holds it
  std::string rest;        // what is left of an impossible date, whatever the order
  bool is_date = true;
};

Readings fixed(std::string canonical) {
  Readings r;
  r.year_first = std::move(canonical);
  return r;
}

// The year of an impossible date. Its month is not kept: whatever made the day impossible often
// stands in the month.
std::string rest_of(int year, int year_now) { return canonical_of(year, 0, 0, year_now); }

Readings no_date() {
  Readings r;
  r.is_date = false;
  return r;
}

Readings of_three(const Part& a, const Part& b, const Part& c, int year_now) {
  const auto u = [](const Part& p) { return static_cast<unsigned>(p.value); };
  if (a.digits >= 3) {
    Readings r = fixed(canonical_of(a.value, u(b), u(c), year_now));
    if (r.year_first.empty()) r.rest = rest_of(a.value, year_now);
    return r;
  }
  Readings r;
  r.sensitive = true;
  const int last = full_year(c, year_now);
  r.day_first = canonical_of(last, u(b), u(a), year_now);
  r.month_first = canonical_of(last, u(a), u(b), year_now);
  if (c.digits > 2) r.rest = rest_of(c.value, year_now);
  if (c.digits <= 2) r.year_first = canonical_of(full_year(a, year_now), u(b), u(c), year_now);
  return r;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

Readings of_compact(std::string_view digits, int year_now) {
  const auto part = [&](std::size_t from, unsigned length) {
    return Part{number(digits.substr(from, length)), length};
  };
  if (digits.size() == 14) digits = digits.substr(0, 8);
  if (digits.size() == 8) {
    Readings r = of_three(part(0, 2), part(2, 2), part(4, 4), year_now);
    const int year = part(0, 4).value;
    if (year >= 1000) {
      const auto month = static_cast<unsigned>(part(4, 2).value);
      r.year_first = canonical_of(year, month, static_cast<unsigned>(part(6, 2).value), year_now);
      r.rest = year >= 1800 ? rest_of(year, year_now) : std::string();
    }
    // 19990102 read from the right would be the year 102, and 19101211 the year 1211.
    const bool left = year >= 1800 && !r.year_first.empty();
    if (part(4, 4).value < (left ? 1800 : 1000)) {
      r.day_first.clear();
      r.month_first.clear();
    }
    return r;
  }
  if (digits.size() == 6) {
    const Part year = part(0, 4);
    if (year.value >= 1800 && year.value <= std::max(year_now, 1900) && part(4, 2).value <= 12) {
      return fixed(canonical_of(year.value, static_cast<unsigned>(part(4, 2).value), 0, year_now));
    }
    return of_three(part(0, 2), part(2, 2), part(4, 2), year_now);
  }
  return no_date();
}

Readings of_two(const Part& a, const Part& b, int year_now) {
  const auto u = [](const Part& p) { return static_cast<unsigned>(p.value); };
  if (a.digits == 4 && b.digits == 4) {  // "1999/2000": born in one of them
    if (a.value < 1000 || b.value <= a.value || b.value > a.value + 10) return no_date();
    return fixed(four(a.value) + "0101/" + four(b.value) + "1231");
  }
  if (a.digits == 4 && b.digits <= 2) return fixed(canonical_of(a.value, u(b), 0, year_now));
  if (b.digits == 4 && a.digits <= 2) return fixed(canonical_of(b.value, u(a), 0, year_now));
  if (a.digits == 0 && b.digits == 2 && b.value > 31) {  // "May 99"
    return fixed(canonical_of(full_year(b, year_now), u(a), 0, year_now));
  }
  return no_date();
}

// A month written as a word leaves only day and year to tell apart.
Readings of_named(const std::array<Part, 4>& p, int year_now) {
  const std::size_t name = p[0].digits == 0 ? 0 : p[1].digits == 0 ? 1 : 2;
  const Part first = name == 0 ? p[1] : p[0];
  const Part second = name == 2 ? p[1] : p[2];
  if (name == 2 || first.digits == 0 || second.digits == 0) return no_date();
  const bool year_leads = first.digits > 2 || (first.value > 31 && second.digits <= 2);
  const Part& year = year_leads ? first : second;
  const Part& day = year_leads ? second : first;
  if (day.digits > 2) return no_date();
  return fixed(canonical_of(full_year(year, year_now), static_cast<unsigned>(p[name].value),
                            static_cast<unsigned>(day.value), year_now));
}

Readings readings_of(const Parts& parts, int year_now) {
  if (!parts.readable || parts.count > 3) return no_date();
  const auto& p = parts.part;
  if (parts.count == 1) {
    if (p[0].digits > 4) return of_compact(parts.compact, year_now);
    if (p[0].digits != 4 || p[0].value < 1000) return no_date();
    return fixed(canonical_of(p[0].value, 0, 0, year_now));
  }
  if (!parts.compact.empty()) return no_date();
  if (parts.count == 2) return of_two(p[0], p[1], year_now);
  if (p[0].digits == 0 || p[1].digits == 0 || p[2].digits == 0) return of_named(p, year_now);
  if (p[1].digits > 2 || (p[0].digits > 2 && p[2].digits > 2)) return no_date();
  return of_three(p[0], p[1], p[2], year_now);
}

// Lower case, Latin digits. Only text outside ASCII needs the full folding.
std::string plain(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string out = ascii ? std::string(text) : text::fold(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '\t') c = ' ';
  }
  const std::size_t from = out.find_first_not_of(' ');
  if (from == std::string::npos) return {};
  return out.substr(from, out.find_last_not_of(' ') - from + 1);
}

struct Written {
  Readings readings;
  bool dotted = false;
};

Written read_written(std::string_view text, int year_now) {
  const std::string folded = plain(text);
  const Parts parts = split(without_time(folded));
  return {readings_of(parts, year_now), parts.dotted};
}

DateReading take(std::string first, std::string second, const std::string& rest) {
  DateReading out;
  if (!first.empty()) out.canonical.push_back(std::move(first));
  if (!second.empty() && (out.canonical.empty() || out.canonical[0] != second)) {
    out.canonical.push_back(std::move(second));
  }
  std::sort(out.canonical.begin(), out.canonical.end());
  if (out.canonical.empty()) {
    out.fault = DateFault::impossible;
    out.rest = rest;
  }
  return out;
}

}  // namespace

Day day_from_civil(int year, unsigned month, unsigned day) {
  // Years begin in March, so that the leap day is the last of its year.
  const int y = month <= 2 ? year - 1 : year;
  const int m = static_cast<int>(month <= 2 ? month + 9 : month - 3);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int of_era = y - era * 400;
  const int of_year = (153 * m + 2) / 5 + static_cast<int>(day) - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool is_civil(int year, unsigned month, unsigned day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  return day <= kMonthDays[month] + (month == 2 && is_leap(year) ? 1U : 0U);
}

std::string day_to_text(Day day) {
  const int z = day + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int of_era = z - era * 146097;
  const int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int m = (5 * of_year + 2) / 153;
  const unsigned d = static_cast<unsigned>(of_year - (153 * m + 2) / 5 + 1);
  const unsigned month = static_cast<unsigned>(m < 10 ? m + 3 : m - 9);
  return four(year_of_era + era * 400 + (month <= 2 ? 1 : 0)) + two(month) + two(d);
}

std::optional<DayInterval> interval_from_canonical(std::string_view canonical) {
  if (const std::size_t slash = canonical.find('/'); slash != std::string_view::npos) {
    const auto a = interval_from_canonical(canonical.substr(0, slash));
    const std::string_view rest = canonical.substr(slash + 1);
    if (!a || rest.find('/') != std::string_view::npos) return std::nullopt;
    const auto b = interval_from_canonical(rest);
    if (!b || b->last < a->first) return std::nullopt;
    return DayInterval{a->first, b->last};
  }
  if (canonical.size() != 4 && canonical.size() != 6 && canonical.size() != 8) return std::nullopt;
  if (!std::all_of(canonical.begin(), canonical.end(), is_digit)) return std::nullopt;
  const int year = number(canonical.substr(0, 4));
  if (canonical.size() == 4) {
    if (!is_civil(year, 1, 1)) return std::nullopt;
    return DayInterval{day_from_civil(year, 1, 1), day_from_civil(year, 12, 31)};
  }
  const unsigned month = static_cast<unsigned>(number(canonical.substr(4, 2)));
  if (!is_civil(year, month, 1)) return std::nullopt;
  if (canonical.size() == 6) {
    const unsigned length = kMonthDays[month] + (month == 2 && is_leap(year) ? 1U : 0U);
    return DayInterval{day_from_civil(year, month, 1), day_from_civil(year, month, length)};
  }
  const unsigned day = static_cast<unsigned>(number(canonical.substr(6, 2)));
  if (!is_civil(year, month, day)) return std::nullopt;
  return DayInterval{day_from_civil(year, month, day), day_from_civil(year, month, day)};
}

DateReading read_date(std::string_view text, DateOrder order, int year_now) {
  Readings r = read_written(text, year_now).readings;
  if (!r.is_date) return {{}, DateFault::not_a_date, {}};
  if (!r.sensitive) return take(std::move(r.year_first), {}, r.rest);
  switch (order) {
    case DateOrder::year_first:
      if (!r.year_first.empty()) return take(std::move(r.year_first), {}, r.rest);
      break;
    case DateOrder::day_first:
      if (!r.day_first.empty()) return take(std::move(r.day_first), {}, r.rest);
      break;
    case DateOrder::month_first:
      if (!r.month_first.empty()) return take(std::move(r.month_first), {}, r.rest);
      break;
    case DateOrder::unknown:
    case DateOrder::ambiguous:
      break;
  }
  // A value that does not fit the column's order is read in the orders that it does fit.
  if (r.day_first.empty() && r.month_first.empty())
    return take(std::move(r.year_first), {}, r.rest);
  return take(std::move(r.day_first), std::move(r.month_first), r.rest);
}

DateOrder decide_order(const std::vector<std::string_view>& values,
                       const std::vector<std::uint32_t>& counts, int year_now) {
  double total = 0, dates = 0, dotted = 0;
  std::array<double, 3> against{};  // weight of the values that year, day, month first cannot read
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = counts[i];
    const Written written = read_written(values[i], year_now);
    const Readings& r = written.readings;
    const bool possible = !r.year_first.empty() || !r.day_first.empty() || !r.month_first.empty();
    if (!r.is_date || !possible) continue;
    dates += weight;
    if (!r.sensitive) continue;
    total += weight;
    if (written.dotted) dotted += weight;
    if (r.year_first.empty()) against[0] += weight;
    if (r.day_first.empty()) against[1] += weight;
    if (r.month_first.empty()) against[2] += weight;
  }
  if (dates == 0) return DateOrder::unknown;
  if (total == 0) return DateOrder::year_first;
  constexpr DateOrder kOrders[] = {DateOrder::year_first, DateOrder::day_first,
                                   DateOrder::month_first};
  std::array<std::size_t, 3> rank = {0, 1, 2};
  std::stable_sort(rank.begin(), rank.end(),
                   [&](std::size_t a, std::size_t b) { return against[a] < against[b]; });
  const double best = against[rank[0]], next = against[rank[1]];
  if (next > 0 && best <= 0.05 * (best + next)) return kOrders[rank[0]];
  // Month first is hardly ever written with dots.
  if (dotted > 0.5 * total && against[1] <= 0.05 * total) return DateOrder::day_first;
  return DateOrder::ambiguous;
}

}  // namespace clew::model
