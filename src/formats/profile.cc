#include "formats/profile.h"

#include <algorithm>
#include <cstdlib>

#include "base/rng.h"
#include "model/phone.h"
#include "model/placeholder.h"
#include "text/fold.h"

namespace clew::formats {
namespace {

constexpr std::uint64_t kValuesWanted = 20000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) {
    return false;
  }
  const std::size_t dot = text.find('.', at);
  return dot != std::string_view::npos && dot > at + 1 && dot + 1 < text.size() &&
         text.find(' ') == std::string_view::npos;
}

// What the characters of a folded value are.
struct Shape {
  std::size_t digits = 0, letters = 0, blanks = 0, others = 0, words = 0;
};

Shape shape_of(std::string_view folded) {
  Shape s;
  bool in_word = false;
  for (const char c : folded) {
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (is_digit(c)) {
      ++s.digits;
    } else if (letter) {
      ++s.letters;
    } else if (c == ' ') {
      ++s.blanks;
    } else {
      ++s.others;
    }
    // Commas part words as blanks do; apostrophes and hyphens join them.
    const bool inside = letter || is_digit(c) || c == '\'' || c == '-' || c == '.';
    if (inside && !in_word) ++s.words;
    in_word = inside;
  }
  return s;
}

// Whether the parts between separators are values alike: all e-mails, or all phones, or all words.
bool are_several(std::string_view raw, char separator) {
  std::size_t at = raw.find(separator);
  if (at == std::string_view::npos) return false;
  const bool email = raw.substr(0, at).find('@') != std::string_view::npos;
  const bool phone = model::looks_like_phone(raw.substr(0, at));
  while (true) {
    const std::string_view part = raw.substr(0, at);
    if (part.find_first_not_of(' ') == std::string_view::npos) return false;
    if (email != (part.find('@') != std::string_view::npos)) return false;
    if (phone != model::looks_like_phone(part)) return false;
    if (at == std::string_view::npos) return true;
    raw.remove_prefix(at + 1);
    at = raw.find(separator);
  }
}

// The first of several e-mails or phones in one cell.
std::string_view first_of(std::string_view raw) {
  for (const char separator : kSeparators) {
    if (are_several(raw, separator)) return raw.substr(0, raw.find(separator));
  }
  return raw;
}

bool is_phone_written(std::string_view raw) {
  if (!model::looks_like_phone(raw)) return false;
  if (raw[0] == '+' || raw[0] == '0' || raw[0] == '(') return true;
  return raw.find_first_of(" -.") != std::string_view::npos;
}

bool is_postcode(std::string_view folded, const Shape& s) {
  return s.digits > 0 && folded.size() >= 3 && folded.size() <= 10 && s.words <= 2 &&
         s.digits < 8 && s.others <= 1;
}

// Three parts of the date are needed: a bare number of six digits is no date by content alone.
bool is_full_date(std::string_view raw, const Shape& s, const model::DateReading& reading) {
  if (reading.canonical.empty() || reading.canonical[0].size() != 8) return false;
  if (s.letters + s.blanks + s.others > 0) return true;
  const bool century = raw.substr(0, 2) == "19" || raw.substr(0, 2) == "20" ||
                       raw.substr(4, 2) == "19" || raw.substr(4, 2) == "20";
  return raw.size() == 8 && century;
}

bool is_number(std::string_view raw, const Shape& s) {
  const std::size_t signs = raw[0] == '-' || raw[0] == '+' ? 1 : 0;
  const auto dots = static_cast<std::size_t>(std::count(raw.begin(), raw.end(), '.'));
  return s.digits > 0 && dots <= 1 && s.digits + signs + dots == raw.size();
}

class Profiler {
 public:
  void add(std::string_view raw, std::uint32_t count) {
    const std::string folded = text::fold(raw);
    if (folded.empty()) return;
    if (!model::placeholder_reason(folded, model::ValueKind::text, 0).empty()) return;
    const double weight = count;
    const Shape s = shape_of(folded);
    total_ += weight;
    p_.mean_length += weight * static_cast<double>(folded.size());
    p_.mean_words += weight * static_cast<double>(s.words);
    add_number(raw, s, weight);
    add_date(raw, s, count);
    const std::string_view first = first_of(raw);
    if (is_email(first)) p_.email += weight;
    if (is_phone_written(first)) p_.phone += weight;
    if (model::looks_like_phone(first)) p_.phone_possible += weight;
    if (!sex_of(folded).empty()) p_.sex += weight;
    if (s.digits == 0 && s.letters > 0) p_.letters += weight;
    if (s.digits > 0) p_.has_digit += weight;
    if (s.words >= 2) p_.words_two += weight;
    if (folded.size() == 1 || (folded.size() == 2 && folded[1] == '.')) p_.initial += weight;
    if (is_postcode(folded, s)) p_.postcode += weight;
    if (s.words == 1 && s.digits > 0) p_.code += weight;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) {
      if (are_several(raw, kSeparators[i])) p_.several[i] += weight;
    }
  }

  Profile finish() {
    if (total_ > 0) {
      for (double* share :
           {&p_.date,           &p_.year,       &p_.age,        &p_.email,      &p_.phone,
            &p_.phone_possible, &p_.integer,    &p_.decimal,    &p_.sex,        &p_.letters,
            &p_.has_digit,      &p_.words_two,  &p_.initial,    &p_.postcode,   &p_.code,
            &p_.mean_length,    &p_.mean_words, &p_.several[0], &p_.several[1], &p_.several[2],
            &p_.several[3]}) {
        *share /= total_;
      }
    }
    if (!years_.empty()) {
      std::sort(years_.begin(), years_.end());
      p_.year_low = years_[years_.size() / 100];
      p_.year_high = years_[years_.size() - 1 - years_.size() / 100];
    }
    p_.order = model::decide_order(dates_, date_counts_, kRecogniseYear);
    return p_;
  }

 private:
  void add_number(std::string_view raw, const Shape& s, double weight) {
    if (!is_number(raw, s)) return;
    const double value = std::strtod(std::string(raw).c_str(), nullptr);
    p_.number_low = numbers_ ? std::min(p_.number_low, value) : value;
    p_.number_high = numbers_ ? std::max(p_.number_high, value) : value;
    numbers_ = true;
    (raw.find('.') == std::string_view::npos ? p_.integer : p_.decimal) += weight;
  }

  void add_date(std::string_view raw, const Shape& s, std::uint32_t count) {
    if (s.digits == 0) return;
    if (s.digits <= 6 && model::read_age(raw)) p_.age += count;
    if (s.digits < 2 || s.digits > 17) return;
    const auto reading = model::read_date(raw, model::DateOrder::unknown, kRecogniseYear);
    if (reading.fault == model::DateFault::not_a_date) return;
    dates_.push_back(raw);
    date_counts_.push_back(count);
    // An impossible date still shows that the column holds dates.
    const bool impossible = reading.fault == model::DateFault::impossible && s.others > 1;
    if (is_full_date(raw, s, reading) || impossible) p_.date += count;
    if (reading.canonical.empty()) return;
    if (reading.canonical[0].size() == 4) p_.year += count;
    const int year = std::atoi(reading.canonical[0].substr(0, 4).c_str());
    years_.push_back(year > 2060 ? year - 100 : year);
  }

  Profile p_;
  double total_ = 0;
  bool numbers_ = false;
  std::vector<std::string_view> dates_;
  std::vector<std::uint32_t> date_counts_;
  std::vector<int> years_;
};

}  // namespace

double Profile::share_filled() const {
  return rows == 0 ? 0 : static_cast<double>(filled) / static_cast<double>(rows);
}

double Profile::share_distinct() const {
  return filled == 0 ? 0 : static_cast<double>(distinct) / static_cast<double>(filled);
}

std::vector<std::uint32_t> counts_of(const table::Column& column) {
  std::vector<std::uint32_t> counts(column.values.size(), 0);
  for (const std::uint32_t id : column.ids) ++counts[id];
  return counts;
}

bool is_drawn(std::string_view value, std::uint64_t distinct, std::uint64_t wanted) {
  if (distinct <= wanted) return true;
  const double share = static_cast<double>(wanted) / static_cast<double>(distinct);
  return static_cast<double>(hash_bytes(value, 0xD4A7) >> 11) * 0x1p-53 < share;
}

Profile profile_of(const table::Column& column) {
  const std::vector<std::uint32_t> counts = counts_of(column);
  std::uint64_t distinct = 0, filled = 0, count_max = 0;
  for (std::size_t id = 1; id < counts.size(); ++id) {
    if (counts[id] == 0) continue;
    ++distinct;
    filled += counts[id];
    count_max = std::max<std::uint64_t>(count_max, counts[id]);
  }
  // The order of the dictionary is that of the rows; sums of whole numbers do not depend on it.
  Profiler profiler;
  for (std::uint32_t id = 1; id < counts.size(); ++id) {
    if (counts[id] > 0 && is_drawn(column.values[id], distinct, kValuesWanted)) {
      profiler.add(column.values[id], counts[id]);
    }
  }
  Profile profile = profiler.finish();
  profile.rows = column.ids.size();
  profile.filled = filled;
  profile.distinct = distinct;
  profile.count_max = count_max;
  return profile;
}

std::string_view sex_of(std::string_view folded) {
  constexpr std::string_view kMale[] = {
      "m",       "male",    "man",  "boy",   "masculin", "homme", "garcon", "masculino",
      "hombre",  "varon",   "nino", "chico", "h",        "м",     "муж",    "мужской",
      "мужчина", "мальчик", "ذكر",  "ولد",   "صبي",      "رجل"};
  constexpr std::string_view kFemale[] = {
      "f",       "female", "woman", "girl",  "feminin", "femme", "fille",   "femenino",
      "mujer",   "hembra", "nina",  "chica", "ж",       "жен",   "женский", "женщина",
      "девочка", "أنثى",   "انثى",  "بنت",   "فتاة",    "امرأة", "w",       "weiblich"};
  if (folded.size() > 1 && folded.back() == '.') folded.remove_suffix(1);
  if (std::find(std::begin(kMale), std::end(kMale), folded) != std::end(kMale)) return "male";
  if (std::find(std::begin(kFemale), std::end(kFemale), folded) != std::end(kFemale))
    return "female";
  return {};
}

}  // namespace clew::formats
