#include "link/compare.h"

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "base/rng.h"
#include "index/numbering.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

constexpr double kSwappedSimilarity = 0.88;
constexpr unsigned kValueBits = 30;

std::uint64_t packed(std::uint32_t a, std::uint32_t b) {
  return (static_cast<std::uint64_t>(a) << kValueBits | b) << 4;
}

}  // namespace

LevelCache::LevelCache(std::size_t fields, std::size_t records)
    : slots_(fields),
      mask_(std::bit_ceil(std::clamp<std::size_t>(records, 1U << 10, 1U << 14)) - 1) {}

Comparer::Comparer(const Records& records, bool swapped_names, std::span<const std::uint32_t> order)
    : records_(records), count_(records.count()) {
  const std::size_t n = records.fields.size();
  CHECK(n <= kFieldsMax);
  partial_.resize(n);
  ratios_.resize(n);
  digests_.resize(n);
  for (std::size_t f = 0; f < n; ++f) {
    const Field& field = records.fields[f];
    CHECK(field.values.size() < (1U << kValueBits));
    types_.push_back(&field_type(field.spec.comparison));
    const int equal = types_[f]->equal_level(field.spec);
    plans_.push_back({equal, equal, equal});
    if (field.spec.role == Role::given_name && given_ < 0) given_ = static_cast<int>(f);
    if (field.spec.role == Role::family_name && family_ < 0) family_ = static_cast<int>(f);
    prepare_values(f);
  }
  fill_rows(order);
  number_whole_names();
  swaps_ = swapped_names && whole_names();
  if (!swaps_) return;
  LevelPlan& plan = plans_[static_cast<std::size_t>(given_)];
  plan.top = ++plan.whole_top;
  const Field& given = records.fields[static_cast<std::size_t>(given_)];
  const Field& family = records.fields[static_cast<std::size_t>(family_)];
  given_as_family_.resize(given.values.size());
  for (std::uint32_t v = 1; v < given.values.size(); ++v) {
    given_as_family_[v] = family.values.find(given.values[v]);
  }
}

void Comparer::prepare_values(std::size_t f) {
  const Field& field = records_.fields[f];
  if (field.spec.comparison == Comparison::date) {
    partial_[f].assign(field.values.size(), false);
    for (std::uint32_t v = 1; v < field.values.size(); ++v) {
      const auto* parts = field.parts(v);
      partial_[f][v] = parts == nullptr && types_[f]->needs_ratio(field.values[v]);
      for (std::size_t k = 0; parts != nullptr && k < parts->size(); ++k) {
        if (types_[f]->needs_ratio(field.values[(*parts)[k]])) partial_[f][v] = true;
      }
    }
    if (std::find(partial_[f].begin(), partial_[f].end(), true) == partial_[f].end()) {
      partial_[f].clear();
    } else {
      ratios_[f] = std::make_unique<BirthRatio>(field);
      plans_[f].top += kPartialLevels;
    }
  }
  digests_[f].assign(field.values.size(), kNoDigest);
  for (std::uint32_t v = 1; v < field.values.size(); ++v) {
    if (field.parts(v) == nullptr && !is_partial(f, v))
      digests_[f][v] = digest(types_[f]->digest_kind(), field.key(v));
  }
}

void Comparer::fill_rows(std::span<const std::uint32_t> order) {
  const std::size_t n = fields();
  stride_ = 2 * n;
  rows_.resize(static_cast<std::size_t>(count_) * stride_);
  source_.resize(count_);
  const auto original = [&](std::uint32_t r) { return order.empty() ? r : order[r]; };
  for (std::size_t f = 0; f < n; ++f) {
    const Field& field = records_.fields[f];
    for (std::uint32_t r = 0; r < count_; ++r) {
      std::uint32_t* to = rows_.data() + r * stride_;
      to[f] = field.of_record[original(r)];
      to[n + f] = digests_[f][to[f]];
    }
  }
  for (std::uint32_t r = 0; r < count_; ++r) source_[r] = records_.source[original(r)];
}

void Comparer::number_whole_names() {
  whole_name_.assign(count_, 0);
  if (!whole_names()) return;
  index::Numbering seen(count_ / 2);
  for (std::uint32_t r = 0; r < count_; ++r) {
    const std::uint64_t given = row(r)[given_], family = row(r)[family_];
    if (given != 0 && family != 0) whole_name_[r] = seen.number(given << 32 | family);
  }
  whole_names_count_ = seen.count() + 1;
}

int Comparer::single_level(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  const Field& f = records_.fields[field];
  if (f.spec.comparison == Comparison::exact) return kDiffer;
  return types_[field]->compare(f.spec, f.key(a), f.key(b));
}

// The best level over the values of both sides; sharing one of several is equality.
int Comparer::composite_level(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  const Field& f = records_.fields[field];
  const std::vector<std::uint32_t> one_a{a}, one_b{b};
  const auto& as = f.parts(a) != nullptr ? *f.parts(a) : one_a;
  const auto& bs = f.parts(b) != nullptr ? *f.parts(b) : one_b;
  int best = kDiffer;
  for (const std::uint32_t x : as) {
    for (const std::uint32_t y : bs) {
      best = std::max(best, x == y ? plans_[field].equal : single_level(field, x, y));
    }
  }
  return best;
}

int Comparer::partial_level(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  const LevelPlan& plan = plans_[field];
  switch (ratios_[field]->agreement(a, b)) {
    case BirthRatio::Agreement::vacuous:
      return kMissing;
    case BirthRatio::Agreement::apart:
      return plan.whole_top + 1;
    case BirthRatio::Agreement::nearly:
      return plan.whole_top + 2;
    case BirthRatio::Agreement::consistent:
      return plan.consistent();
  }
  return kMissing;
}

int Comparer::fresh_level(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  if (a == 0 || b == 0) return kMissing;
  if (is_partial(field, a) || is_partial(field, b)) return partial_level(field, a, b);
  if (a == b) return plans_[field].equal;
  if (records_.fields[field].parts_of.empty()) return single_level(field, a, b);
  return composite_level(field, a, b);
}

int Comparer::level(std::size_t field, std::uint32_t a, std::uint32_t b, LevelCache& cache) const {
  if (a == 0 || b == 0) return kMissing;
  if (a == b && partial_[field].empty()) return plans_[field].equal;
  const Field& f = records_.fields[field];
  if (f.parts_of.empty() && f.spec.comparison == Comparison::exact) return kDiffer;
  if (a > b) std::swap(a, b);
  auto& slots = cache.slots_[field];
  if (slots.empty()) slots.assign(cache.mask_ + 1, 0);
  const std::uint64_t key = packed(a, b);
  std::uint64_t& slot = slots[mix64(key) & cache.mask_];
  if ((slot & ~15ULL) != key) slot = key | static_cast<std::uint64_t>(fresh_level(field, a, b));
  return static_cast<int>(slot & 15);
}

bool Comparer::swapped(const std::uint32_t* a, const std::uint32_t* b) const {
  const auto g = static_cast<std::size_t>(given_);
  const auto s = static_cast<std::size_t>(family_);
  if (a[g] == 0 || b[g] == 0 || a[s] == 0 || b[s] == 0) return false;
  const bool first = given_as_family_[a[g]] == b[s];
  const bool second = given_as_family_[b[g]] == a[s];
  if (first && second) return true;
  if (!first && !second) return false;
  const Field& given = records_.fields[g];
  const Field& family = records_.fields[s];
  const std::string_view other_given = first ? given.key(b[g]) : given.key(a[g]);
  const std::string_view other_family = first ? family.key(a[s]) : family.key(b[s]);
  return text::jaro_winkler(other_given, other_family) >= kSwappedSimilarity;
}

Pattern Comparer::pattern(std::uint32_t a, std::uint32_t b, LevelCache& cache) const {
  const std::uint32_t* x = row(a);
  const std::uint32_t* y = row(b);
  const std::size_t n = fields();
  Pattern pattern = 0;
  for (std::size_t f = 0; f < n; ++f) {
    int here = -1;
    if (x[f] != y[f] && x[n + f] != kNoDigest && y[n + f] != kNoDigest) {
      here = types_[f]->level_by_digest(records_.fields[f].spec, x[n + f], y[n + f]);
    }
    if (here < 0) here = level(f, x[f], y[f], cache);
    pattern |= static_cast<Pattern>(here) << (4 * f);
  }
  if (!swaps_) return pattern;
  const auto g = static_cast<std::size_t>(given_);
  const auto s = static_cast<std::size_t>(family_);
  if (level_of(pattern, g) > kDiffer || level_of(pattern, s) > kDiffer || !swapped(x, y)) {
    return pattern;
  }
  pattern &= ~(15ULL << (4 * g) | 15ULL << (4 * s));  // the family name is spoken for
  return pattern | static_cast<Pattern>(plans_[g].equal + 1) << (4 * g);
}

}  // namespace clew::link
