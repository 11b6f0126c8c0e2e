#include "link/birth_ratio.h"

#include <algorithm>
#include <cmath>

#include "model/date.h"

namespace clew::link {
namespace {

constexpr double kStep = 365.25;
constexpr double kWrong = 0.05;        // chance that a stated age or year is off
constexpr double kWrongAtAll = 0.002;  // ... by any amount
constexpr double kHalving = 2;         // years of gap that halve the chance of a slip
constexpr double kUniform = 0.02;      // mass spread evenly, so that no year is impossible

}  // namespace

std::vector<BirthRatio::Span> BirthRatio::spans_of(std::uint32_t value) const {
  std::vector<Span> spans;
  const auto add = [&](std::uint32_t v) {
    if (const auto interval = model::interval_from_canonical(field_.values[v])) {
      spans.push_back({static_cast<double>(interval->first), static_cast<double>(interval->last) + 1});
    }
  };
  if (const auto* parts = field_.parts(value)) {
    for (const std::uint32_t part : *parts) add(part);
  } else {
    add(value);
  }
  return spans;
}

BirthRatio::BirthRatio(const Comparer& comparer, std::size_t field)
    : field_(comparer.records().fields[field]) {
  std::vector<Span> seen;
  double low = 1e18, high = -1e18;
  for (std::uint32_t r = 0; r < comparer.count(); ++r) {
    for (const Span& span : spans_of(comparer.row(r)[field])) {
      seen.push_back(span);
      low = std::min(low, span.first);
      high = std::max(high, span.last);
    }
  }
  if (seen.empty()) return;
  first_day_ = std::floor(low / kStep) * kStep;
  const auto steps = static_cast<std::size_t>((high - first_day_) / kStep) + 1;
  // Evidence about the population comes from whole dates; wide intervals only where there are none.
  std::vector<double> weight(steps, 0);
  const double narrow = std::any_of(seen.begin(), seen.end(), [](const Span& s) {
    return s.last - s.first <= 1;
  }) ? 1 : 1e18;
  for (const Span& span : seen) {
    if (span.last - span.first > narrow) continue;
    const double middle = (span.first + span.last) / 2;
    weight[std::min(steps - 1, static_cast<std::size_t>((middle - first_day_) / kStep))] += 1;
  }
  double total = 0;
  for (const double w : weight) total += w;
  cumulative_.assign(steps + 1, 0);
  for (std::size_t k = 0; k < steps; ++k) {
    const double share = (1 - kUniform) * weight[k] / total + kUniform / static_cast<double>(steps);
    cumulative_[k + 1] = cumulative_[k] + share;
  }
}

double BirthRatio::below(double day) const {
  const double at = (day - first_day_) / kStep;
  if (at <= 0) return 0;
  const auto step = static_cast<std::size_t>(at);
  if (step + 1 >= cumulative_.size()) return 1;
  const double part = at - static_cast<double>(step);
  return cumulative_[step] * (1 - part) + cumulative_[step + 1] * part;
}

double BirthRatio::mass(const Span& span) const {
  return std::max(1e-6, below(span.last) - below(span.first));
}

double BirthRatio::log_ratio(const Span& a, const Span& b) const {
  const double in_a = mass(a), in_b = mass(b);
  if (in_a >= 1 - 1e-12 || in_b >= 1 - 1e-12) return 0;  // knows nothing, says nothing
  const Span both{std::max(a.first, b.first), std::min(a.last, b.last)};
  if (both.first >= both.last) {
    const double years = (both.first - both.last) / kStep;
    return std::log(kWrong * std::exp2(-years / kHalving) + kWrongAtAll);
  }
  return std::log((1 - kWrong) * mass(both) / (in_a * in_b) + kWrong);
}

double BirthRatio::log_ratio(std::uint32_t a, std::uint32_t b) const {
  if (cumulative_.empty()) return 0;
  double best = -1e18;
  for (const Span& x : spans_of(a)) {
    for (const Span& y : spans_of(b)) best = std::max(best, log_ratio(x, y));
  }
  return best < -1e17 ? 0 : best;
}

}  // namespace clew::link
