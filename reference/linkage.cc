#include "reference/linkage.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "base/rng.h"
#include "model/date.h"
#include "reference/similarity.h"
#include "table/table.h"

namespace clew::reference {
namespace {

using link::Comparison;

// Levels of two birth dates of which one is known only in part.
constexpr int kApart = 6, kNearly = 7, kConsistent = 8;
constexpr std::uint32_t kSampledMin = 200, kSampledMax = 700;
constexpr double kYear = 365.25;
constexpr double kTie = 1e-9;

double in_32_bits(double x) { return static_cast<double>(static_cast<float>(x)); }

std::vector<double> thresholds(const link::FieldSpec& spec) {
  if (!spec.thresholds.empty()) return spec.thresholds;
  if (spec.comparison == Comparison::jaro_winkler) return {0.92, 0.80};
  if (spec.comparison == Comparison::email) return {0.95, 0.88};
  return {1, 2};  // edits
}

// Best threshold first; passing the best one gives the level just below equal.
int level_by_similarity(const link::FieldSpec& spec, double similarity) {
  int level = 1;
  for (const double threshold : thresholds(spec)) level += similarity >= threshold ? 1 : 0;
  return level;
}

int level_by_edits(const link::FieldSpec& spec, int edits) {
  int level = 1;
  for (const double threshold : thresholds(spec)) level += edits <= threshold ? 1 : 0;
  return level;
}

int date_level(const std::string& a, const std::string& b) {
  if (a.size() != 8 || b.size() != 8) return 1;
  const std::string exchanged = b.substr(0, 4) + b.substr(6, 2) + b.substr(4, 2);
  const int edits = osa(a, b);
  if (edits <= 1 || a == exchanged) return 4;
  if (a.substr(0, 4) == b.substr(0, 4) || a.substr(4) == b.substr(4)) return 3;
  return edits == 2 ? 2 : 1;
}

int initial_level(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a.front() != b.front()) return 1;
  return a.size() == 1 || b.size() == 1 || jaro_winkler(a, b) >= 0.8 ? 2 : 1;
}

// Reads "48.85,2.35"; false when it is no such thing.
bool read_point(std::string_view text, double& latitude, double& longitude) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return false;
  const char* begin = text.data();
  return std::from_chars(begin, begin + comma, latitude).ec == std::errc() &&
         std::from_chars(begin + comma + 1, begin + text.size(), longitude).ec == std::errc();
}

int point_level(std::string_view a, std::string_view b) {
  double latitude_a = 0, longitude_a = 0, latitude_b = 0, longitude_b = 0;
  if (!read_point(a, latitude_a, longitude_a) || !read_point(b, latitude_b, longitude_b)) return 1;
  const double km = distance_km(latitude_a, longitude_a, latitude_b, longitude_b);
  return km <= 1 ? 3 : km <= 20 ? 2 : 1;
}

// The single values of an entry: its parts, or itself.
std::vector<std::uint32_t> single_values(const link::Field& field, std::uint32_t value) {
  if (value == 0) return {};
  const auto* parts = field.parts(value);
  return parts != nullptr ? *parts : std::vector<std::uint32_t>{value};
}

std::vector<Span> spans(const link::Field& field, std::uint32_t value) {
  std::vector<Span> found;
  for (const std::uint32_t single : single_values(field, value)) {
    const auto interval = model::interval_from_canonical(field.values[single]);
    if (interval) found.push_back({double(interval->first), double(interval->last) + 1});
  }
  return found;
}

}  // namespace

int equal_level(const link::FieldSpec& spec) {
  switch (spec.comparison) {
    case Comparison::exact:
      return 2;
    case Comparison::number:
    case Comparison::initial:
      return 3;
    case Comparison::tokens:
    case Comparison::point:
      return 4;
    case Comparison::date:
      return 5;
    default:
      return static_cast<int>(thresholds(spec).size()) + 2;
  }
}

int single_level(const link::FieldSpec& spec, std::string_view a, std::string_view b) {
  switch (spec.comparison) {
    case Comparison::exact:
      return 1;
    case Comparison::jaro_winkler:
    case Comparison::email:
      return level_by_similarity(spec, jaro_winkler(a, b));
    case Comparison::edits:
      return level_by_edits(spec, osa(a, b));
    case Comparison::date:
      return date_level(std::string(a), std::string(b));
    case Comparison::number:
      return osa(a, b) <= 1 ? 2 : 1;
    case Comparison::initial:
      return initial_level(a, b);
    case Comparison::tokens: {
      const double overlap = token_overlap(a, b);
      return overlap >= 1 ? 3 : overlap >= 0.5 ? 2 : 1;
    }
    case Comparison::point:
      return point_level(a, b);
  }
  return 1;
}

Linkage::Linkage(const link::Records& records, const link::Model& model)
    : records_(records), model_(model) {
  for (std::size_t f = records.fields.size(); f-- > 0;) {
    if (records.fields[f].spec.role == link::Role::given_name) given_ = static_cast<int>(f);
    if (records.fields[f].spec.role == link::Role::family_name) family_ = static_cast<int>(f);
  }
}

std::uint32_t Linkage::value(std::size_t field, std::uint32_t record) const {
  return records_.fields[field].of_record[record];
}

int Linkage::level(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  const link::Field& f = records_.fields[field];
  if (a == 0 || b == 0) return 0;
  if (f.spec.comparison == Comparison::date) {
    for (const std::uint32_t either : {a, b}) {
      for (const std::uint32_t single : single_values(f, either)) {
        if (f.values[single].size() != 8) return level_in_part(field, a, b);
      }
    }
  }
  if (a == b) return equal_level(f.spec);
  int best = 1;
  for (const std::uint32_t x : single_values(f, a)) {
    for (const std::uint32_t y : single_values(f, b)) {
      best =
          std::max(best, x == y ? equal_level(f.spec) : single_level(f.spec, f.key(x), f.key(y)));
    }
  }
  return best;
}

// Crosswise equal; or one side equal and the other close.
bool Linkage::names_exchanged(std::uint32_t a, std::uint32_t b) const {
  const auto g = static_cast<std::size_t>(given_), s = static_cast<std::size_t>(family_);
  const link::Field& given = records_.fields[g];
  const link::Field& family = records_.fields[s];
  if (value(g, a) == 0 || value(g, b) == 0 || value(s, a) == 0 || value(s, b) == 0) return false;
  const auto equal = [&](std::uint32_t x, std::uint32_t y) {
    return given.values[value(g, x)] == family.values[value(s, y)];
  };
  const auto close = [&](std::uint32_t x, std::uint32_t y) {
    return jaro_winkler(given.key(value(g, x)), family.key(value(s, y))) >= 0.88;
  };
  if (equal(a, b)) return equal(b, a) || close(b, a);
  return equal(b, a) && close(a, b);
}

std::vector<int> Linkage::levels(std::uint32_t a, std::uint32_t b) const {
  std::vector<int> found;
  for (std::size_t f = 0; f < records_.fields.size(); ++f) {
    found.push_back(level(f, value(f, a), value(f, b)));
  }
  if (given_ < 0 || family_ < 0 || !model_.options.deterministic.empty()) return found;
  int& given = found[static_cast<std::size_t>(given_)];
  int& family = found[static_cast<std::size_t>(family_)];
  if (given <= 1 && family <= 1 && names_exchanged(a, b)) {
    given = equal_level(records_.fields[static_cast<std::size_t>(given_)].spec) + 1;
    family = 0;
  }
  return found;
}

double Linkage::count(std::size_t field, std::uint32_t value) const {
  const std::uint64_t hash =
      hash_bytes(records_.fields[field].values[value], mix64(model_.salt, field + 1));
  for (const auto& [kept, times] : model_.fields[field].frequency) {
    if (kept == hash) return static_cast<double>(times);
  }
  return 1;
}

// By how much an equal value says more, or less, than equality on average.
double Linkage::value_rarity(std::size_t field, std::uint32_t value) const {
  const link::FieldModel& model = model_.fields[field];
  if (!model.spec.frequency) return 0;
  const double others = std::max(count(field, value) - 1, 0.3);
  const double share = others / std::max(model.total, 1.0);
  const double u = model.levels[static_cast<std::size_t>(equal_level(model.spec))].u;
  return in_32_bits(std::log(u) - std::log(share));
}

// The same for a close value: how many records of a sample are as close to it.
double Linkage::closeness_rarity(std::size_t field, std::uint32_t value, int level_wanted) const {
  const link::Field& f = records_.fields[field];
  Rng rng(mix64(model_.options.seed, field + 101));
  std::map<std::uint32_t, double> sample;
  double drawn = 0;
  const std::uint32_t wanted = std::clamp(records_.count() / 5, kSampledMin, kSampledMax);
  for (std::uint32_t tries = 0; tries < 20 * wanted && drawn < wanted; ++tries) {
    const std::uint32_t v = f.of_record[rng.below(records_.count())];
    if (v == 0) continue;
    ++sample[v];
    ++drawn;
  }
  double seen = 0;
  for (const auto& [other, times] : sample) {
    if (level(field, value, other) == level_wanted) seen += times;
  }
  const double u = model_.fields[field].levels[static_cast<std::size_t>(level_wanted)].u;
  return in_32_bits((std::log(u) - std::log((seen + 1000 * u) / (drawn + 1000))) / 2);
}

double Linkage::rarity(std::size_t field, std::uint32_t a, std::uint32_t b, int level) const {
  const link::Field& f = records_.fields[field];
  const int equal = equal_level(f.spec);
  if (level == equal) {
    double best = -1e300;
    for (const std::uint32_t x : single_values(f, a)) {
      for (const std::uint32_t y : single_values(f, b)) {
        if (x == y) best = std::max(best, value_rarity(field, x));
      }
    }
    return best;
  }
  if (f.spec.comparison == Comparison::date && level == kConsistent) {
    return std::log(model_.fields[field].levels[kConsistent].u) + overlap(field, a, b);
  }
  const bool text =
      f.spec.comparison == Comparison::jaro_winkler || f.spec.comparison == Comparison::tokens;
  if (level < 2 || level > equal || !text || !f.spec.frequency || !model_.options.fuzzy_frequency) {
    return 0;
  }
  return closeness_rarity(field, a, level) + closeness_rarity(field, b, level);
}

// How much likelier a whole name is than its parts would make it if they were independent.
double Linkage::whole_name_excess(std::uint32_t record) const {
  const auto g = static_cast<std::size_t>(given_), s = static_cast<std::size_t>(family_);
  std::string whole(records_.fields[g].values[value(g, record)]);
  whole += table::kListSeparator;
  whole += records_.fields[s].values[value(s, record)];
  const std::uint64_t hash = hash_bytes(whole, mix64(model_.salt, 256));
  double seen = 1;
  for (const auto& [kept, times] : model_.full_name) {
    if (kept == hash) seen = static_cast<double>(times);
  }
  const double expected = count(g, value(g, record)) / model_.fields[g].total *
                          count(s, value(s, record)) / model_.fields[s].total *
                          model_.full_name_total;
  return in_32_bits(std::log((seen + 1) / (expected + 1)));
}

// The largest amount by which an equal parent makes this level likelier among strangers.
double Linkage::dependence(const std::vector<int>& levels, std::size_t field) const {
  const std::size_t n = levels.size();
  const auto is_equal = [&](std::size_t f) {
    return levels[f] == equal_level(records_.fields[f].spec);
  };
  if (model_.dependence.empty() || levels[field] == 0) return 0;
  double most = 0;
  for (std::size_t p = 0; p <= n; ++p) {
    const bool holds = p < n ? is_equal(p)
                             : given_ >= 0 && family_ >= 0 &&
                                   is_equal(static_cast<std::size_t>(given_)) &&
                                   is_equal(static_cast<std::size_t>(family_));
    if (!holds || model_.dependence_order[p] >= model_.dependence_order[field]) continue;
    const float here = model_.dependence[p][field][static_cast<std::size_t>(levels[field])];
    if (std::fabs(static_cast<double>(here)) > std::fabs(most)) most = static_cast<double>(here);
  }
  return most;
}

std::vector<Span> Linkage::all_births(std::size_t field) const {
  std::vector<Span> all, whole;
  for (std::uint32_t r = 0; r < records_.count(); ++r) {
    for (const Span& s : spans(records_.fields[field], value(field, r))) {
      all.push_back(s);
      if (s.end - s.first <= 1) whole.push_back(s);
    }
  }
  return whole.empty() ? all : whole;
}

// Share of the population born before a day: births by year, with 2% spread evenly over all years
// that any date touches.
double Linkage::born_before(std::size_t field, double day) const {
  double low = 1e300, high = -1e300;
  for (std::uint32_t r = 0; r < records_.count(); ++r) {
    for (const Span& s : spans(records_.fields[field], value(field, r))) {
      low = std::min(low, s.first);
      high = std::max(high, s.end);
    }
  }
  low = std::floor(low / kYear) * kYear;
  const auto years = static_cast<std::size_t>((high - low) / kYear) + 1;
  std::vector<double> born(years, 0);
  const std::vector<Span> births = all_births(field);
  for (const Span& s : births) {
    const double middle = (s.first + s.end) / 2;
    ++born[std::min(years - 1, static_cast<std::size_t>((middle - low) / kYear))];
  }
  const double at = (day - low) / kYear;
  if (at <= 0) return 0;
  if (at >= static_cast<double>(years)) return 1;
  double before = 0, share = 0;
  for (std::size_t y = 0; y <= static_cast<std::size_t>(at); ++y) {
    before += share;
    share = 0.98 * born[y] / static_cast<double>(births.size()) + 0.02 / static_cast<double>(years);
  }
  const double part = at - std::floor(at);
  return before * (1 - part) + (before + share) * part;
}

double Linkage::mass(std::size_t field, const Span& s) const {
  return std::max(1e-6, born_before(field, s.end) - born_before(field, s.first));
}

// Missing when either side holds every birth; else how near the two come to each other.
int Linkage::level_in_part(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  const link::Field& f = records_.fields[field];
  const std::vector<Span> births = all_births(field);
  if (spans(f, a).empty() || spans(f, b).empty()) return 0;  // a date that cannot be
  int best = kApart;
  for (const Span& x : spans(f, a)) {
    for (const Span& y : spans(f, b)) {
      for (const Span& s : {x, y}) {
        if (std::all_of(births.begin(), births.end(), [&](const Span& birth) {
              return s.first <= birth.first && birth.end <= s.end;
            })) {
          return 0;
        }
      }
      if (x.first < y.end && y.first < x.end) return kConsistent;
      const double gap = x.end <= y.first ? y.first - x.end : x.first - y.end;
      if (gap < 731) best = kNearly;
    }
  }
  const auto is_plain = [&](std::uint32_t v) {
    return f.parts(v) == nullptr && f.values[v].find('/') == std::string_view::npos;
  };
  const bool near_years = osa(f.values[a].substr(0, 4), f.values[b].substr(0, 4)) <= 1;
  return is_plain(a) && is_plain(b) && near_years ? kNearly : best;
}

// How much likelier two birth dates are to overlap so when they are one.
double Linkage::overlap(std::size_t field, std::uint32_t a, std::uint32_t b) const {
  double best = -1e300;
  for (const Span& x : spans(records_.fields[field], a)) {
    for (const Span& y : spans(records_.fields[field], b)) {
      const Span both{std::max(x.first, y.first), std::min(x.end, y.end)};
      if (both.first >= both.end) continue;
      best = std::max(best, std::log(mass(field, both) / (mass(field, x) * mass(field, y))));
    }
  }
  return best;
}

PairTerms Linkage::terms(std::uint32_t a, std::uint32_t b) const {
  const std::size_t n = records_.fields.size();
  PairTerms out{levels(a, b), std::vector<double>(n, 0), std::vector<double>(n, 0), 0};
  for (std::size_t f = 0; f < n; ++f) {
    const std::uint32_t x = value(f, a), y = value(f, b);
    if (out.level[f] == 0) continue;
    const link::Level& level = model_.fields[f].levels[static_cast<std::size_t>(out.level[f])];
    const double known = dependence(out.level, f), rare = rarity(f, x, y, out.level[f]);
    out.match[f] = std::log(level.m / level.u) - known + rare;
    out.relative[f] = (level.h > 0 ? std::log(level.h / level.u) : 0) - known;
    if (model_.fields[f].spec.household) out.relative[f] += rare;
  }
  if (given_ >= 0 && family_ >= 0 && model_.options.deterministic.empty()) {
    const auto g = static_cast<std::size_t>(given_), s = static_cast<std::size_t>(family_);
    const bool same = value(g, a) != 0 && value(s, a) != 0 && value(g, a) == value(g, b) &&
                      value(s, a) == value(s, b);
    if (same && model_.fields[g].spec.frequency) out.match[g] -= whole_name_excess(a);
  }
  if (!model_.source_pair.empty()) {
    out.source_prior =
        model_.source_pair[records_.source[a] * model_.sources.size() + records_.source[b]];
  }
  return out;
}

double Linkage::log_odds(double match, double relative) const {
  const double rest = 1 - model_.prior_match - model_.prior_relative;
  double otherwise = std::log(rest);
  if (model_.prior_relative > 0) {
    const double kin = std::log(model_.prior_relative) + relative;
    const double high = std::max(otherwise, kin);  // so that large evidence does not overflow
    otherwise = high + std::log(std::exp(otherwise - high) + std::exp(kin - high));
  }
  return std::log(model_.prior_match) + match - otherwise;
}

double Linkage::score(std::uint32_t a, std::uint32_t b) const {
  const PairTerms pair = terms(a, b);
  double match = pair.source_prior, relative = 0;
  for (const double x : pair.match) match += x;
  for (const double x : pair.relative) relative += x;
  return log_odds(match, relative);
}

double Linkage::group_score(const Matrix& matrix, const Group& a, const Group& b) const {
  double match = 0, relative = 0;
  for (const std::uint32_t x : a) {
    for (const std::uint32_t y : b) match += matrix[x][y].source_prior;
  }
  match /= static_cast<double>(a.size() * b.size());
  for (std::size_t f = 0; f < records_.fields.size(); ++f) {
    double match_sum = 0, relative_sum = 0, present = 0;
    for (const std::uint32_t x : a) {
      for (const std::uint32_t y : b) {
        if (matrix[x][y].level[f] == 0) continue;
        match_sum += matrix[x][y].match[f];
        relative_sum += matrix[x][y].relative[f];
        ++present;
      }
    }
    if (present == 0) continue;
    match += match_sum / present;
    relative += relative_sum / present;
  }
  return log_odds(match, relative);
}

Agglomeration Linkage::agglomerate(
    const std::vector<std::pair<std::uint32_t, std::uint32_t>>& open,
    const std::vector<std::pair<std::uint32_t, std::uint32_t>>& apart, double stop) const {
  const std::uint32_t n = records_.count();
  Matrix matrix(n, std::vector<PairTerms>(n));
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) matrix[a][b] = matrix[b][a] = terms(a, b);
  }
  const std::set<std::pair<std::uint32_t, std::uint32_t>> opened(open.begin(), open.end());
  const std::set<std::pair<std::uint32_t, std::uint32_t>> kept(apart.begin(), apart.end());
  const auto across = [&](const Group& x, const Group& y, const auto& holds) {
    return std::any_of(x.begin(), x.end(), [&](std::uint32_t a) {
      return std::any_of(y.begin(), y.end(),
                         [&](std::uint32_t b) { return holds(std::min(a, b), std::max(a, b)); });
    });
  };
  const auto is_open = [&](std::uint32_t a, std::uint32_t b) { return opened.count({a, b}) > 0; };
  const auto forbidden = [&](std::uint32_t a, std::uint32_t b) {
    const std::uint16_t source = records_.source[a];
    const bool unique = !records_.source_is_unique.empty() && source == records_.source[b] &&
                        records_.source_is_unique[source] != 0;
    return unique || kept.count({a, b}) > 0;
  };
  struct Best {
    double score = -1e300;
    std::size_t x = 0, y = 0;
  };
  std::vector<Group> groups;
  for (std::uint32_t r = 0; r < n; ++r) groups.push_back({r});
  Agglomeration out;
  while (true) {
    std::vector<Best> possible;
    for (std::size_t x = 0; x < groups.size(); ++x) {
      for (std::size_t y = x + 1; y < groups.size(); ++y) {
        if (!across(groups[x], groups[y], is_open)) continue;
        if (across(groups[x], groups[y], forbidden)) continue;
        possible.push_back({group_score(matrix, groups[x], groups[y]), x, y});
      }
    }
    const auto best =
        std::max_element(possible.begin(), possible.end(),
                         [](const Best& p, const Best& q) { return p.score < q.score; });
    if (best == possible.end() || best->score <= stop) break;
    for (const Best& other : possible) {
      const bool touches = (other.x == best->x) + (other.y == best->y) + (other.x == best->y) +
                               (other.y == best->x) ==
                           1;
      if (touches && other.score > best->score - kTie) out.tied = true;
    }
    Group& into = groups[best->x];
    into.insert(into.end(), groups[best->y].begin(), groups[best->y].end());
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(best->y));
  }
  out.entity.resize(n);
  for (const Group& group : groups) {
    for (const std::uint32_t r : group)
      out.entity[r] = *std::min_element(group.begin(), group.end());
  }
  return out;
}

}  // namespace clew::reference
