#include "link/frequency.h"

#include <algorithm>
#include <bit>

#include "base/rng.h"
#include "table/table.h"

namespace clew::link {
namespace {

// A value's hash under the model's salt. Salted, so that a list of names does not open the file at
// once; it is no protection against somebody who has the salt and guesses.
std::uint64_t salted(std::uint64_t salt, std::size_t field, std::string_view text) {
  return hash_bytes(text, mix64(salt, field + 1));
}

constexpr std::size_t kWholeName = 255;  // "field number" of whole names under the salt

// Calls each(value) for the single values of a record's entry.
template <typename Each>
void each_single(const Field& field, std::uint32_t value, const Each& each) {
  if (value == 0) return;
  if (const auto* parts = field.parts(value)) {
    for (const std::uint32_t part : *parts) each(part);
  } else {
    each(value);
  }
}

void count_field_by_record(const Comparer& comparer, std::size_t f, Frequencies& out) {
  const Field& field = comparer.records().fields[f];
  for (std::uint32_t r = 0; r < comparer.count(); ++r) {
    const std::uint32_t value = comparer.row(r)[f];
    if (value == 0 || comparer.is_partial(f, value)) continue;
    ++out.total[f];
    each_single(field, value, [&](std::uint32_t v) { ++out.count[f][v]; });
  }
}

// (entity, value) pairs, sorted; each entity then hands out mass 1.
void count_field_by_entity(const Comparer& comparer, std::size_t f,
                           const std::vector<std::uint32_t>& entity, Frequencies& out) {
  const Field& field = comparer.records().fields[f];
  std::vector<std::uint64_t> seen;
  seen.reserve(comparer.count());
  for (std::uint32_t r = 0; r < comparer.count(); ++r) {
    if (comparer.is_partial(f, comparer.row(r)[f])) continue;
    each_single(field, comparer.row(r)[f], [&](std::uint32_t v) {
      seen.push_back(static_cast<std::uint64_t>(entity[r]) << 32 | v);
    });
  }
  std::sort(seen.begin(), seen.end());
  for (std::size_t begin = 0; begin < seen.size();) {
    std::size_t end = begin;
    while (end < seen.size() && (seen[end] >> 32) == (seen[begin] >> 32)) ++end;
    const float mass = 1.0F / static_cast<float>(end - begin);
    for (std::size_t k = begin; k < end; ++k)
      out.count[f][static_cast<std::uint32_t>(seen[k])] += mass;
    ++out.total[f];
    begin = end;
  }
}

double equal_chance(const std::vector<float>& counts, double total, bool by_entity) {
  if (total < 2) return 1e-9;
  double sum = 0;
  double own = 0;
  for (const float count : counts) {
    const double c = static_cast<double>(count);
    sum += by_entity ? c * c : c * std::max(0.0, c - 1);
    own += std::min(c, 1.0) * std::min(c, 1.0);
  }
  if (by_entity) return std::max({(sum - own) / (total * total), 0.5 / (total * total), 1e-9});
  return std::max(sum / (total * (total - 1)), 1e-9);
}

void count_whole_names(const Comparer& comparer, const std::vector<std::uint32_t>* entity,
                       Frequencies& out) {
  out.whole_name_count.assign(comparer.whole_names_count(), 0);
  std::vector<std::uint64_t> seen;
  for (std::uint32_t r = 0; r < comparer.count(); ++r) {
    if (comparer.whole_name(r) == 0) continue;
    const std::uint64_t who = entity != nullptr ? (*entity)[r] : r;
    seen.push_back(who << 32 | comparer.whole_name(r));
  }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const std::uint64_t word : seen) ++out.whole_name_count[static_cast<std::uint32_t>(word)];
  out.whole_name_total = static_cast<double>(seen.size());
}

void forget_rare(Frequencies& out) {
  for (auto& counts : out.count) {
    for (float& count : counts) {
      if (static_cast<double>(count) <= kCountKept) count = 1;
    }
  }
}

// Counts by hash, for many look-ups.
class KeptCounts {
 public:
  explicit KeptCounts(const Counts& counts) : slots_(std::bit_ceil(2 * counts.size() + 1)) {
    for (const auto& entry : counts) {
      std::size_t at = entry.first & (slots_.size() - 1);
      while (slots_[at] != nullptr) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = &entry;
    }
  }
  float of(std::uint64_t hash) const {
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at] != nullptr) {
      if (slots_[at]->first == hash) return slots_[at]->second;
      at = (at + 1) & (slots_.size() - 1);
    }
    return 1;
  }

 private:
  std::vector<const Counts::value_type*> slots_;
};

}  // namespace

float count_of(const Counts& counts, std::uint64_t hash) {
  const auto it = std::lower_bound(counts.begin(), counts.end(), std::pair(hash, 0.0F));
  return it != counts.end() && it->first == hash ? it->second : 1.0F;
}

Frequencies count_frequencies(const Comparer& comparer, const std::vector<std::uint32_t>* entity) {
  const std::size_t n = comparer.fields();
  Frequencies out;
  out.count.resize(n);
  out.total.assign(n, 0);
  for (std::size_t f = 0; f < n; ++f) {
    out.count[f].assign(comparer.records().fields[f].values.size(), 0);
    if (entity == nullptr) {
      count_field_by_record(comparer, f, out);
    } else {
      count_field_by_entity(comparer, f, *entity, out);
    }
    out.equal_chance.push_back(equal_chance(out.count[f], out.total[f], entity != nullptr));
  }
  count_whole_names(comparer, entity, out);
  forget_rare(out);
  return out;
}

Frequencies frequencies_of_model(const Comparer& comparer, const Model& model) {
  const std::size_t n = comparer.fields();
  Frequencies out;
  out.count.resize(n);
  for (std::size_t f = 0; f < n; ++f) {
    const Field& field = comparer.records().fields[f];
    out.count[f].assign(field.values.size(), 1);
    const KeptCounts kept(model.fields[f].frequency);
    for (std::uint32_t v = 1; v < field.values.size(); ++v) {
      out.count[f][v] = kept.of(salted(model.salt, f, field.values[v]));
    }
    out.total.push_back(model.fields[f].total);
    out.equal_chance.push_back(
        model.fields[f].levels[static_cast<std::size_t>(comparer.equal_level(f))].u);
  }
  out.whole_name_count.assign(comparer.whole_names_count(), 1);
  out.whole_name_total = model.full_name_total;
  if (comparer.whole_names()) {
    const Field& given = comparer.records().fields[static_cast<std::size_t>(comparer.given())];
    const Field& family = comparer.records().fields[static_cast<std::size_t>(comparer.family())];
    for (std::uint32_t r = 0; r < comparer.count(); ++r) {
      if (comparer.whole_name(r) == 0) continue;
      std::string whole(given.values[comparer.row(r)[comparer.given()]]);
      whole += table::kListSeparator;
      whole += family.values[comparer.row(r)[comparer.family()]];
      out.whole_name_count[comparer.whole_name(r)] =
          count_of(model.full_name, salted(model.salt, kWholeName, whole));
    }
  }
  return out;
}

void store_frequencies(const Comparer& comparer, const Frequencies& frequencies, Model& model) {
  for (std::size_t f = 0; f < comparer.fields(); ++f) {
    const Field& field = comparer.records().fields[f];
    model.fields[f].total = frequencies.total[f];
    model.fields[f].frequency.clear();
    for (std::uint32_t v = 1; v < field.values.size(); ++v) {
      const float count = frequencies.count[f][v];
      if (static_cast<double>(count) <= kCountKept) continue;
      model.fields[f].frequency.emplace_back(salted(model.salt, f, field.values[v]), count);
    }
    std::sort(model.fields[f].frequency.begin(), model.fields[f].frequency.end());
  }
  model.full_name.clear();
  model.full_name_total = frequencies.whole_name_total;
  if (!comparer.whole_names()) return;
  const Field& given = comparer.records().fields[static_cast<std::size_t>(comparer.given())];
  const Field& family = comparer.records().fields[static_cast<std::size_t>(comparer.family())];
  for (std::uint32_t r = 0; r < comparer.count(); ++r) {
    const float count = frequencies.whole_name_count[comparer.whole_name(r)];
    if (comparer.whole_name(r) == 0 || count <= 1) continue;
    std::string whole(given.values[comparer.row(r)[comparer.given()]]);
    whole += table::kListSeparator;
    whole += family.values[comparer.row(r)[comparer.family()]];
    model.full_name.emplace_back(salted(model.salt, kWholeName, whole), count);
  }
  std::sort(model.full_name.begin(), model.full_name.end());
  model.full_name.erase(std::unique(model.full_name.begin(), model.full_name.end()),
                        model.full_name.end());
}

}  // namespace clew::link
