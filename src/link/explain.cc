#include "link/explain.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "link/cluster.h"
#include "link/keys.h"
#include "link/scorer.h"
#include "table/table.h"

namespace clew::link {
namespace {

constexpr double kBitsPerNat = std::numbers::log2e;
constexpr std::size_t kNearestMax = 3;

double probability_of(double bits) { return 1 / (1 + std::exp2(-bits)); }

std::string one_decimal(double value) {
  const auto tenths = std::lround(std::fabs(value) * 10);
  return (value < 0 && tenths > 0 ? "-" : "") + std::to_string(tenths / 10) + "." +
         std::to_string(tenths % 10);
}

std::string percent(double p) {
  if (p > 0 && p < 0.001) return "less than 0.1%";
  if (p < 1 && p > 0.999) return "more than 99.9%";
  return one_decimal(100 * p) + "%";
}

// Values of a list are written with "; " between them.
std::string shown(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == table::kListSeparator) {
      out += "; ";
    } else {
      out += c;
    }
  }
  return out;
}

std::string plain_name(const std::string& field) {
  std::string out = field;
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

}  // namespace

struct Explainer::Parts {
  Parts(const Records& records, const Model& model)
      : comparer(records, model.options.deterministic.empty()),
        frequencies(frequencies_of_model(comparer, model)),
        fuzzy(model.options.fuzzy_frequency && model.options.deterministic.empty()
                  ? std::make_unique<FuzzyFrequency>(comparer, model, model.options.seed)
                  : nullptr),
        scorer(comparer, model, frequencies, fuzzy.get()),
        scratch(comparer) {}

  Comparer comparer;
  Frequencies frequencies;
  std::unique_ptr<FuzzyFrequency> fuzzy;
  Scorer scorer;
  Scratch scratch;
  std::unique_ptr<Keys> keys;
  // Records grouped by entity, once asked for: those of entity e end at member_end[e].
  std::vector<std::uint32_t> members, member_end;
};

Explainer::Explainer(const Records& records, const Model& model, const Outcome& outcome)
    : records_(records),
      model_(model),
      outcome_(outcome),
      parts_(std::make_unique<Parts>(records, model)) {}

Explainer::~Explainer() = default;

std::string Explainer::name(std::uint32_t record) const {
  return records_.sources[records_.source[record]] + ":" +
         std::string(records_.ids[records_.id[record]]);
}

namespace {

Term prior_term(const Model& model) {
  Term term;
  term.kind = TermKind::prior;
  term.level = "starting point";
  const double rest = 1 - model.prior_match - model.prior_relative;
  term.bits = (std::log(model.prior_match) - std::log(rest)) * kBitsPerNat;
  term.words = "two records picked at random are one person in 1 of " +
               std::to_string(std::llround(1 / model.prior_match)) + " cases";
  return term;
}

// What the chance of relatives under one roof takes away.
Term relative_term(const Model& model, double relative) {
  Term term;
  term.kind = TermKind::relative;
  term.level = "relatives";
  const double rest = std::log(1 - model.prior_match - model.prior_relative);
  const double kin = std::log(model.prior_relative) + relative;
  const double high = std::max(rest, kin);
  term.bits = -(high + std::log1p(std::exp(-std::fabs(rest - kin))) - rest) * kBitsPerNat;
  term.words = term.bits < -0.5 ? "relatives of one household would agree on this as well"
                                : "hardly like two relatives of one household";
  return term;
}

struct FieldTerms {
  const Scorer& scorer;
  const Frequencies& frequencies;
  const Model& model;

  std::string level_name(std::size_t f, int level) const {
    return model.fields[f].levels[static_cast<std::size_t>(level)].name;
  }

  std::string rarity_words(std::size_t f, const std::uint32_t* x, int level) const {
    if (level > scorer.comparer().plan(f).whole_top)
      return "how narrow the dates are that both allow";
    if (level != scorer.comparer().equal_level(f)) {
      return "how many others are as close to these values";
    }
    const Field& field = scorer.comparer().records().fields[f];
    if (field.parts(x[f]) != nullptr) return "how rare the shared value is";
    const auto count = std::llround(static_cast<double>(frequencies.count[f][x[f]]));
    const auto all = std::llround(frequencies.total[f]);
    if (count <= 1) return "rare: hardly anybody else carries this value";
    return std::to_string(count) + " of " + std::to_string(all) + " carry this value";
  }

  void append(std::size_t f, std::uint32_t a, std::uint32_t b, Pattern pattern,
              const Evidence& evidence, std::vector<Term>& out) const {
    const Field& field = scorer.comparer().records().fields[f];
    const std::uint32_t* x = scorer.comparer().row(a);
    const std::uint32_t* y = scorer.comparer().row(b);
    Term term;
    term.field = field.spec.name;
    term.value_a = shown(field.values[x[f]]);
    term.value_b = shown(field.values[y[f]]);
    const int level = level_of(pattern, f);
    const std::string subject = plain_name(field.spec.name);
    if (level == kMissing) {
      const bool exchanged = x[f] != 0 && y[f] != 0;
      term.kind = TermKind::missing;
      term.level = exchanged ? "counted with the given name" : "missing";
      term.words = exchanged ? subject + ": exchanged with the given name, counted there"
                             : subject + " is not known on both sides: no evidence";
      out.push_back(term);
      return;
    }
    term.level = level_name(f, level);
    term.kind = level == kDiffer ? TermKind::difference : TermKind::agreement;
    term.words = subject + ": " + term.level;
    term.bits = evidence.level[f] * kBitsPerNat;
    if (level == scorer.comparer().plan(f).whole_top + 1 && term.bits < 0) {
      term.kind = TermKind::difference;
    }
    out.push_back(term);
    if (evidence.rarity[f] != 0) {
      term.kind = TermKind::frequency;
      term.bits = evidence.rarity[f] * kBitsPerNat;
      term.words = rarity_words(f, x, level);
      out.push_back(term);
    }
    if (evidence.dependence[f] != 0) {
      term.kind = TermKind::dependence;
      term.bits = evidence.dependence[f] * kBitsPerNat;
      term.words = evidence.dependence[f] < 0 ? "expected anyway, given what else is equal"
                                              : "less expected, given what else is equal";
      out.push_back(term);
    }
  }
};

double sum_bits(const std::vector<Term>& terms) {
  double sum = 0;
  for (const Term& term : terms) sum += term.bits;
  return sum;
}

}  // namespace

Explanation Explainer::pair(std::uint32_t a, std::uint32_t b, bool blocking) {
  if (a > b) std::swap(a, b);
  const Scorer& scorer = parts_->scorer;
  const Pattern pattern = parts_->comparer.pattern(a, b, parts_->scratch.levels);
  const Evidence evidence = scorer.evidence(a, b, pattern);
  Explanation out;
  out.record_a = name(a);
  out.record_b = name(b);
  out.terms.push_back(prior_term(model_));
  if (!model_.source_pair.empty()) {
    Term term;
    term.kind = TermKind::source_pair;
    term.level = "sources";
    term.bits = scorer.source_prior(a, b) * kBitsPerNat;
    term.words = "how often records of these two sources are one person";
    out.terms.push_back(term);
  }
  const FieldTerms fields{scorer, parts_->frequencies, model_};
  double relative = 0;
  for (std::size_t f = 0; f < parts_->comparer.fields(); ++f) {
    fields.append(f, a, b, pattern, evidence, out.terms);
    relative += evidence.relative[f];
  }
  if (model_.prior_relative > 0) out.terms.push_back(relative_term(model_, relative));
  out.total_bits = sum_bits(out.terms);
  out.probability = probability_of(out.total_bits);
  const bool together = outcome_.entity[a] == outcome_.entity[b];
  out.decision = together                                       ? Decision::linked
                 : out.probability >= model_.options.review_low ? Decision::review
                                                                : Decision::apart;
  if (blocking) out.blocking = blocking_reasons(a, b);
  out.clustering = clustering_words(a, b);
  return out;
}

namespace {

std::span<const std::uint32_t> keys_of(const index::KeyColumn& column, std::uint32_t record,
                                       std::uint32_t& one) {
  one = column.key_of_value[column.values[record]];
  if (one == 0) return {};
  if ((one & index::KeyColumn::kSeveral) == 0) return {&one, 1};
  return column.lists[one & ~index::KeyColumn::kSeveral];
}

std::uint32_t shared_key(const index::KeyColumn& column, std::uint32_t a, std::uint32_t b) {
  std::uint32_t one_a = 0, one_b = 0;
  for (const std::uint32_t x : keys_of(column, a, one_a)) {
    for (const std::uint32_t y : keys_of(column, b, one_b)) {
      if (x == y) return x;
    }
  }
  return 0;
}

bool has_key(const index::KeyColumn& column, std::uint32_t record, std::uint32_t key) {
  std::uint32_t one = 0;
  const auto keys = keys_of(column, record, one);
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

std::vector<Reason> Explainer::blocking_reasons(std::uint32_t a, std::uint32_t b) {
  if (!parts_->keys) parts_->keys = std::make_unique<Keys>(make_keys(records_, {}, 1));
  std::map<std::string, const index::KeyColumn*> columns;
  for (const auto& column : parts_->keys->columns) columns[column.name] = &column;
  std::vector<Reason> met, blocked;
  for (const RuleReport& rule : outcome_.blocking.rules) {
    std::vector<std::pair<const index::KeyColumn*, std::uint32_t>> shared;
    bool all = true;
    for (std::size_t begin = 0; all && begin < rule.rule.size();) {
      std::size_t end = rule.rule.find(" + ", begin);
      if (end == std::string::npos) end = rule.rule.size();
      const auto it = columns.find(rule.rule.substr(begin, end - begin));
      const std::uint32_t key = it == columns.end() ? 0 : shared_key(*it->second, a, b);
      all = key != 0;
      if (all) shared.emplace_back(it->second, key);
      begin = end + 3;
    }
    if (!all) continue;
    std::uint64_t size = 0;
    for (std::uint32_t r = 0; r < records_.count(); ++r) {
      size += std::all_of(shared.begin(), shared.end(),
                          [&](const auto& s) { return has_key(*s.first, r, s.second); });
    }
    const bool fits = size <= outcome_.blocking.block_max;
    (fits ? met : blocked)
        .push_back({rule.rule, fits,
                    fits
                        ? "they agree, in a block of " + std::to_string(size) + " records"
                        : "they agree, but so do " + std::to_string(size) + " records, more than " +
                              std::to_string(outcome_.blocking.block_max)});
  }
  if (!met.empty()) return met;
  if (blocked.empty())
    blocked.push_back({"", false, "they agree on no key that records are met by"});
  return blocked;
}

std::vector<std::uint32_t> Explainer::members(std::uint32_t entity) const {
  auto& end = parts_->member_end;
  if (end.empty()) {
    end.assign(records_.count() + 1, 0);
    for (const std::uint32_t e : outcome_.entity) ++end[e + 1];
    std::partial_sum(end.begin(), end.end(), end.begin());
    parts_->members.resize(records_.count());
    for (std::uint32_t r = 0; r < records_.count(); ++r) {
      parts_->members[end[outcome_.entity[r]]++] = r;
    }
  }
  const auto begin = parts_->members.begin();
  const std::uint32_t first = entity == 0 ? 0 : end[entity - 1];
  return {begin + first, begin + end[entity]};
}

std::vector<std::string> Explainer::clustering_words(std::uint32_t a, std::uint32_t b) {
  if (model_.options.clustering == Clustering::components) {
    return {"entities are connected components of links from " + percent(model_.options.threshold) +
            " on"};
  }
  const auto left = members(outcome_.entity[a]);
  if (outcome_.entity[a] == outcome_.entity[b]) {
    return {"both are in one proposed entity of " + std::to_string(left.size()) + " records",
            "groups were merged while their mean evidence stayed above " +
                one_decimal(outcome_.estimates.threshold_bits) + " bits"};
  }
  const auto right = members(outcome_.entity[b]);
  const MergeStep between = step(left, right);
  return {"they are in different proposed entities, of " + std::to_string(left.size()) + " and " +
              std::to_string(right.size()) + " records",
          "the mean evidence between the two entities is " + one_decimal(between.bits) +
              " bits; groups were merged above " + one_decimal(outcome_.estimates.threshold_bits)};
}

MergeStep Explainer::step(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  GroupEvidence sums;
  for (const std::uint32_t x : a) {
    for (const std::uint32_t y : b) sums.add_pair(parts_->scorer, x, y, parts_->scratch);
  }
  MergeStep out;
  for (const std::uint32_t x : a) out.records_a.push_back(name(x));
  for (const std::uint32_t y : b) out.records_b.push_back(name(y));
  out.terms.push_back(prior_term(model_));
  if (!model_.source_pair.empty()) {
    Term term;
    term.kind = TermKind::source_pair;
    term.level = "sources";
    term.bits = sums.source_prior / sums.pairs * kBitsPerNat;
    term.words = "how often records of these sources are one person";
    out.terms.push_back(term);
  }
  double relative = 0;
  for (std::size_t f = 0; f < parts_->comparer.fields(); ++f) {
    Term term;
    term.field = records_.fields[f].spec.name;
    term.level = "mean of " + std::to_string(sums.present[f]) + " pairs";
    if (sums.present[f] == 0) {
      term.kind = TermKind::missing;
      term.words = plain_name(term.field) + " is not known on both sides of any pair";
    } else {
      term.bits = sums.match[f] / sums.present[f] * kBitsPerNat;
      relative += sums.relative[f] / sums.present[f];
      term.kind = term.bits < 0 ? TermKind::difference : TermKind::agreement;
      term.words = plain_name(term.field) + ": mean evidence of " +
                   std::to_string(sums.present[f]) + (sums.present[f] == 1 ? " pair" : " pairs");
    }
    out.terms.push_back(term);
  }
  if (model_.prior_relative > 0) out.terms.push_back(relative_term(model_, relative));
  out.bits = sum_bits(out.terms);
  out.probability = probability_of(out.bits);
  return out;
}

EntityExplanation Explainer::entity(std::uint32_t entity) {
  EntityExplanation out;
  const auto records = members(entity);
  out.entity = name(entity);
  for (const std::uint32_t r : records) out.records.push_back(name(r));
  std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
  for (const std::uint32_t r : records) groups[r] = {r};
  for (const Merge& merge : outcome_.merges) {
    if (outcome_.entity[merge.a] != entity) continue;
    auto& left = groups[merge.a];
    auto& right = groups[merge.b];
    out.steps.push_back(step(left, right));
    auto joined = left;
    joined.insert(joined.end(), right.begin(), right.end());
    std::sort(joined.begin(), joined.end());
    groups.erase(merge.a);
    groups.erase(merge.b);
    groups[joined.front()] = std::move(joined);
  }
  const auto weakest =
      std::min_element(out.steps.begin(), out.steps.end(),
                       [](const MergeStep& x, const MergeStep& y) { return x.bits < y.bits; });
  if (weakest == out.steps.end()) {
    out.weakest = "it holds a single record, so nothing can split it";
  } else {
    out.weakest = "the weakest step joined " + std::to_string(weakest->records_a.size()) + " and " +
                  std::to_string(weakest->records_b.size()) + " records with " +
                  one_decimal(weakest->bits) + " bits (" + percent(weakest->probability) +
                  "): " + one_decimal(weakest->bits - outcome_.estimates.threshold_bits) +
                  " bits of evidence against would split them";
  }
  out.nearest = nearest(records);
  return out;
}

// Other entities that hold a record with a kept link to one of these records.
std::vector<std::string> Explainer::nearest(std::span<const std::uint32_t> members_here) {
  std::map<std::uint32_t, double> best;  // other entity -> strongest link
  const std::uint32_t own = outcome_.entity[members_here.front()];
  for (const Edge& edge : outcome_.edges) {
    const std::uint32_t x = outcome_.entity[edge.a], y = outcome_.entity[edge.b];
    if ((x == own) == (y == own)) continue;
    const std::uint32_t other = x == own ? y : x;
    const auto [it, added] = best.emplace(other, edge.bits);
    if (!added) it->second = std::max(it->second, edge.bits);
  }
  std::vector<std::pair<double, std::uint32_t>> order;
  for (const auto& [other, bits] : best) order.emplace_back(-bits, other);
  std::sort(order.begin(), order.end());
  std::vector<std::string> out;
  for (std::size_t k = 0; k < std::min(kNearestMax, order.size()); ++k) {
    const auto others = members(order[k].second);
    const MergeStep between = step(members_here, others);
    out.push_back("the entity of " + name(order[k].second) + " (" + std::to_string(others.size()) +
                  (others.size() == 1 ? " record" : " records") + ") stayed apart: mean evidence " +
                  one_decimal(between.bits) + " bits, strongest single link " +
                  one_decimal(-order[k].first) + " bits");
  }
  return out;
}

Explanation explain(const Records& records, const Model& model, const Outcome& outcome,
                    std::uint32_t a, std::uint32_t b) {
  return Explainer(records, model, outcome).pair(a, b);
}

EntityExplanation explain_entity(const Records& records, const Model& model, const Outcome& outcome,
                                 std::uint32_t entity) {
  return Explainer(records, model, outcome).entity(entity);
}

}  // namespace clew::link
