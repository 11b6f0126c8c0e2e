// Records: what the linking engine works on; every value normalised and interned, column by column.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "table/dictionary.h"

namespace clew::link {

// What a column means. Roles before `given_name` and `report_date`, `free_text` are never evidence.
enum class Role : std::uint8_t {
  ignored,
  id,
  source,
  truth,
  report_date,
  free_text,
  given_name,
  middle_name,
  family_name,
  full_name,
  birth_date,  // also where an age with a report date ends up, as an interval of birth dates
  age,
  sex,
  phone,
  email,
  house_number,
  street,
  address,
  postcode,
  place,
  country,
  document,
  handle,
  category,
  number,
  latitude,
  longitude,
};

// How two values of a field are compared. Each is one file, src/link/field_<name>.cc.
enum class Comparison : std::uint8_t {
  exact,         // equal or not: sex, country, category
  jaro_winkler,  // names, free spelt text, places
  edits,         // optimal string alignment distance: identifiers, postcodes, phones, handles
  date,          // canonical dates and intervals, see canonical forms below
  number,        // digits, one edit apart counts as close
  initial,       // middle names and initials
  email,
  tokens,  // sets of words, by overlap: addresses, names of unknown order
  point,   // "latitude,longitude" in degrees, by distance
};

// Canonical forms (written by formats/prepare, read by the comparators):
//   text      case-folded, blanks collapsed; Latin letters without diacritics, other scripts kept
//   date      "YYYYMMDD" | "YYYYMM" | "YYYY" | "YYYYMMDD/YYYYMMDD" (both ends included)
//   edits     letters and digits only, folded; phones "+" and digits where a country is known
//   email     folded; number: digits; point: "48.8566,2.3522"
// A value that holds several (two phones, two readings of a date) is an entry whose `parts` list
// the ids of its single values; its own string is those values joined by table::kListSeparator.
struct FieldSpec {
  std::string name;  // unique within Records
  Role role = Role::category;
  Comparison comparison = Comparison::exact;
  std::vector<double> thresholds;  // of the fuzzy levels, best first; empty: the comparison's own
  bool household = false;          // shared under one roof (family name, address, phone)
  bool frequency = true;           // rare values weigh more
};

struct Field {
  FieldSpec spec;
  table::Dictionary values;  // canonical strings, 0 = missing
  // keys[v] is what the comparators and the blocking see of value v: the Latin form of a value in
  // another script. Empty when every key is the value itself.
  std::vector<std::string> keys;
  // Parts of composite values: parts_of[v] is an index into part_lists, 0 = a single value.
  std::vector<std::uint32_t> parts_of;  // empty when no value is composite
  std::vector<std::vector<std::uint32_t>> part_lists{{}};
  std::vector<std::uint32_t> of_record;  // one value id per record

  std::string_view key(std::uint32_t value) const {
    return keys.empty() || keys[value].empty() ? values[value] : std::string_view(keys[value]);
  }
  const std::vector<std::uint32_t>* parts(std::uint32_t value) const {
    return parts_of.empty() || parts_of[value] == 0 ? nullptr : &part_lists[parts_of[value]];
  }
};

struct Records {
  std::vector<Field> fields;
  std::vector<std::uint16_t> source;  // per record, an index into sources
  std::vector<std::string> sources;   // at most 65,535
  table::Dictionary ids;          // record ids, unique within a source ("r17" without an id column)
  std::vector<std::uint32_t> id;  // per record, an index into ids
  std::vector<std::uint8_t> source_is_unique;  // per source: declared free of duplicates
  bool has_ids = false;                        // false: ids are row numbers
  std::vector<std::uint32_t> truth;  // per record, 0 = unknown; empty without a truth column. Never
                                     // read by the engine, only handed on to `evaluate`.
  table::Dictionary truth_labels;

  std::uint32_t count() const { return static_cast<std::uint32_t>(id.size()); }
};

}  // namespace clew::link
