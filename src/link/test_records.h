// Makes small Records for tests: from rows written in the test, or at random.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "link/records.h"
#include "table/table.h"

namespace clew::link {

inline FieldSpec field_spec(std::string name, Role role, Comparison comparison,
                            bool household = false) {
  FieldSpec spec;
  spec.name = std::move(name);
  spec.role = role;
  spec.comparison = comparison;
  spec.household = household;
  return spec;
}

inline FieldSpec given_spec() {
  return field_spec("given_name", Role::given_name, Comparison::jaro_winkler);
}
inline FieldSpec family_spec() {
  return field_spec("family_name", Role::family_name, Comparison::jaro_winkler, true);
}
inline FieldSpec birth_spec() {
  return field_spec("birth_date", Role::birth_date, Comparison::date);
}
inline FieldSpec sex_spec() { return field_spec("sex", Role::sex, Comparison::exact); }
inline FieldSpec phone_spec() { return field_spec("phone", Role::phone, Comparison::edits, true); }
inline FieldSpec street_spec() {
  return field_spec("street", Role::street, Comparison::jaro_winkler, true);
}

using Rows = std::vector<std::vector<std::string>>;

// Several values of one cell stand with '|' between them.
inline std::uint32_t intern_cell(Field& field, const std::string& cell) {
  std::vector<std::uint32_t> parts;
  std::string joined;
  for (std::size_t begin = 0; begin <= cell.size();) {
    const std::size_t end = std::min(cell.find('|', begin), cell.size());
    const std::string part = cell.substr(begin, end - begin);
    parts.push_back(field.values.intern(part));
    joined += (begin == 0 ? "" : std::string(1, table::kListSeparator)) + part;
    begin = end + 1;
  }
  if (parts.size() == 1) return parts.front();
  const std::uint32_t value = field.values.intern(joined);
  if (field.parts_of.size() <= value) field.parts_of.resize(value + 1, 0);
  if (field.parts_of[value] == 0) {
    field.parts_of[value] = static_cast<std::uint32_t>(field.part_lists.size());
    field.part_lists.push_back(std::move(parts));
  }
  return value;
}

// One row a record, one cell a field; record r has the id "r0", "r1" ... and source r % sources.
inline Records make_records(const std::vector<FieldSpec>& specs, const Rows& rows,
                            std::uint16_t sources = 1) {
  Records records;
  records.has_ids = true;
  for (const FieldSpec& spec : specs) records.fields.emplace_back().spec = spec;
  for (std::uint16_t s = 0; s < sources; ++s) {
    records.sources.push_back(std::string(1, static_cast<char>('a' + s)));
  }
  records.source_is_unique.assign(sources, 0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    records.id.push_back(records.ids.intern("r" + std::to_string(r)));
    records.source.push_back(static_cast<std::uint16_t>(r % sources));
    for (std::size_t f = 0; f < specs.size(); ++f) {
      records.fields[f].of_record.push_back(intern_cell(records.fields[f], rows[r].at(f)));
    }
  }
  for (Field& field : records.fields) {
    if (!field.parts_of.empty()) field.parts_of.resize(field.values.size(), 0);
  }
  return records;
}

// Values at random. Everything comes from the Rng, so a seed gives the same people everywhere.
class People {
 public:
  explicit People(std::uint64_t seed) : rng_(seed) {}

  Rng& rng() { return rng_; }
  bool chance(double p) { return rng_.uniform() < p; }

  template <typename T>
  const T& one_of(const std::vector<T>& list) {
    return list[rng_.below(static_cast<std::uint32_t>(list.size()))];
  }

  // A word of syllables; few syllables make namesakes.
  std::string word(std::uint32_t syllables) {
    static const std::vector<std::string> kSyllables = {"ma", "ri", "jo", "han", "ste", "el",
                                                        "an", "to", "ka", "bo",  "lin", "du"};
    std::string out;
    for (std::uint32_t k = 0; k < syllables; ++k) out += one_of(kSyllables);
    return out;
  }

  std::string digits(std::uint32_t count) {
    std::string out;
    for (std::uint32_t k = 0; k < count; ++k) out += static_cast<char>('0' + rng_.below(10));
    return out;
  }

  std::string number(std::uint32_t low, std::uint32_t high, std::size_t width) {
    std::string out = std::to_string(low + rng_.below(high - low + 1));
    return std::string(width - std::min(width, out.size()), '0') + out;
  }

  std::string date() { return number(1990, 2012, 4) + number(1, 12, 2) + number(1, 28, 2); }

  // One or two random edits.
  std::string edited(std::string text) {
    for (std::uint32_t k = rng_.below(2) + 1; k > 0 && text.size() > 1; --k) {
      const std::uint32_t at = rng_.below(static_cast<std::uint32_t>(text.size()) - 1);
      switch (rng_.below(4)) {
        case 0:
          text.erase(at, 1);
          break;
        case 1:
          text.insert(at, 1, text[at + 1]);
          break;
        case 2:
          text[at] = text[text.size() - 1 - at];
          break;
        default:
          std::swap(text[at], text[at + 1]);
          break;
      }
    }
    return text;
  }

  // A date that people got slightly wrong; still of eight digits.
  std::string edited_date(std::string date) {
    switch (rng_.below(3)) {
      case 0:
        date[2 + rng_.below(2)] = static_cast<char>('0' + rng_.below(10));
        break;
      case 1:
        std::swap(date[4], date[6]);
        std::swap(date[5], date[7]);
        break;
      default:
        date[4 + rng_.below(4)] = static_cast<char>('0' + rng_.below(3));
        break;
    }
    return date;
  }

  // A date known in part: its year, its month, or a few years around it.
  std::string blurred_date(const std::string& date) {
    std::string year = date.substr(0, 4);
    switch (rng_.below(3)) {
      case 0:
        return year;
      case 1:
        return date.substr(0, 6);
      default:
        return std::to_string(std::stoi(year) - 1) + "0101/" + std::to_string(std::stoi(year) + 1) +
               "1231";
    }
  }

  // A true value of a field.
  std::string value(Comparison comparison) {
    switch (comparison) {
      case Comparison::exact:
        return one_of(std::vector<std::string>{"f", "m", "x"});
      case Comparison::jaro_winkler:
        return word(2 + rng_.below(2));
      case Comparison::edits:
        return digits(7);
      case Comparison::date:
        return date();
      case Comparison::number:
        return number(1, 150, 1);
      case Comparison::initial:
        return word(2);
      case Comparison::email:
        return word(2) + "." + word(2) + "@" +
               one_of(std::vector<std::string>{"x.org", "mail.net"});
      case Comparison::tokens:
        return word(3) + " " + word(2) + " " + number(1, 30, 1);
      case Comparison::point:
        return "48." + digits(3) + ",2." + digits(3);
    }
    return "";
  }

  // The same value as another report may state it.
  std::string restated(Comparison comparison, const std::string& value) {
    if (chance(0.12)) return "";
    if (chance(0.7) || value.empty()) return value;
    switch (comparison) {
      case Comparison::exact:
      case Comparison::point:
        return this->value(comparison);
      case Comparison::initial:
        return value.substr(0, 1);
      case Comparison::date:
        return edited_date(value);
      case Comparison::edits:
        return chance(0.3) ? value + "|" + this->value(comparison) : edited(value);
      default:
        return edited(value);
    }
  }

 private:
  Rng rng_;
};

// A few of all kinds of fields, people with one to four records each that state them differently,
// some with exchanged names.
inline Records random_records(std::uint64_t seed, std::uint32_t count, std::uint16_t sources = 1) {
  People people(seed);
  std::vector<FieldSpec> specs;
  if (people.chance(0.85)) specs.push_back(given_spec());
  if (people.chance(0.85)) specs.push_back(family_spec());
  const std::vector<FieldSpec> more = {
      birth_spec(),
      sex_spec(),
      phone_spec(),
      street_spec(),
      field_spec("middle_name", Role::middle_name, Comparison::initial),
      field_spec("house_number", Role::house_number, Comparison::number, true),
      field_spec("email", Role::email, Comparison::email),
      field_spec("address", Role::address, Comparison::tokens, true),
      field_spec("home", Role::place, Comparison::point, true)};
  for (const FieldSpec& spec : more) {
    if (people.chance(0.5)) specs.push_back(spec);
  }
  if (specs.size() < 2) specs = {given_spec(), birth_spec()};
  // Of a handful of dates, an interval may hold them all.
  const bool blurred = people.chance(0.4) && count >= 15, listed = people.chance(0.5);
  const bool named = specs[0].role == Role::given_name && specs[1].role == Role::family_name;
  Rows rows;
  while (rows.size() < count) {
    std::vector<std::string> person;
    for (const FieldSpec& spec : specs) person.push_back(people.value(spec.comparison));
    for (std::uint32_t k = people.rng().below(4) + 1; k > 0 && rows.size() < count; --k) {
      std::vector<std::string> row;
      for (std::size_t f = 0; f < specs.size(); ++f) {
        std::string cell = people.restated(specs[f].comparison, person[f]);
        const bool date = specs[f].comparison == Comparison::date && !cell.empty();
        if (date && blurred && people.chance(0.4)) cell = people.blurred_date(cell);
        if (!listed) cell = cell.substr(0, cell.find('|'));
        row.push_back(cell);
      }
      if (named && people.chance(0.1)) std::swap(row[0], row[1]);
      rows.push_back(row);
    }
  }
  return make_records(specs, rows, sources);
}

}  // namespace clew::link
