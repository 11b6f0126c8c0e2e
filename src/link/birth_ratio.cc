#include "link/birth_ratio.h"

#include <algorithm>
#include <cmath>

#include "model/date.h"
#include "text/similarity.h"

namespace clew::link {
namespace {

constexpr double kStep = 365.25;
constexpr double kNearDays = 731;  // a gap of up to two years is a likely slip
constexpr double kUniform = 0.02;  // mass spread evenly, so that no year is impossible

// Years at most one digit apart: 1978 and 1998.
bool near_years(std::string_view a, std::string_view b) {
  return text::osa(a.substr(0, 4), b.substr(0, 4), 1) <= 1;
}

}  // namespace

std::vector<BirthRatio::Span> BirthRatio::spans_of(std::uint32_t value) const {
  std::vector<Span> spans;
  const auto add = [&](std::uint32_t v) {
    if (const auto interval = model::interval_from_canonical(field_.values[v])) {
      spans.push_back(
          {static_cast<double>(interval->first), static_cast<double>(interval->last) + 1});
    }
  };
  if (const auto* parts = field_.parts(value)) {
    for (const std::uint32_t part : *parts) add(part);
  } else {
    add(value);
  }
  return spans;
}

BirthRatio::BirthRatio(const Field& field) : field_(field) {
  std::vector<double> count(field.values.size(), 0);
  for (const std::uint32_t v : field.of_record) ++count[v];
  std::vector<std::pair<Span, double>> seen;
  double low = 1e18, high = -1e18, narrow = 1e18;
  for (std::uint32_t v = 1; v < field.values.size(); ++v) {
    for (const Span& span : spans_of(v)) {
      seen.emplace_back(span, count[v]);
      low = std::min(low, span.first);
      high = std::max(high, span.last);
      if (span.last - span.first <= 1) narrow = 1;
    }
  }
  if (seen.empty()) return;
  first_day_ = std::floor(low / kStep) * kStep;
  const auto steps = static_cast<std::size_t>((high - first_day_) / kStep) + 1;
  // The population shows in whole dates; in intervals only where there is no whole date.
  std::vector<double> weight(steps, 0);
  double total = 0;
  for (const auto& [span, times] : seen) {
    if (span.last - span.first > narrow) continue;
    first_birth_ = std::min(first_birth_, span.first);
    last_birth_ = std::max(last_birth_, span.last);
    const double middle = (span.first + span.last) / 2;
    weight[std::min(steps - 1, static_cast<std::size_t>((middle - first_day_) / kStep))] += times;
    total += times;
  }
  cumulative_.assign(steps + 1, 0);
  for (std::size_t k = 0; k < steps; ++k) {
    const double share =
        (1 - kUniform) * weight[k] / std::max(1.0, total) + kUniform / static_cast<double>(steps);
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

BirthRatio::Agreement BirthRatio::agreement(std::uint32_t a, std::uint32_t b) const {
  const auto as = spans_of(a), bs = spans_of(b);
  if (cumulative_.empty() || as.empty() || bs.empty()) return Agreement::vacuous;
  const bool plain = as.size() == 1 && bs.size() == 1 &&
                     field_.values[a].find('/') == std::string_view::npos &&
                     field_.values[b].find('/') == std::string_view::npos;
  auto best = plain && near_years(field_.values[a], field_.values[b]) ? Agreement::nearly
                                                                      : Agreement::apart;
  for (const Span& x : as) {
    if (holds_every_birth(x)) return Agreement::vacuous;
    for (const Span& y : bs) {
      if (holds_every_birth(y)) return Agreement::vacuous;
      const double gap = std::max(x.first, y.first) - std::min(x.last, y.last);
      const auto here = gap < 0           ? Agreement::consistent
                        : gap < kNearDays ? Agreement::nearly
                                          : Agreement::apart;
      best = std::max(best, here);
    }
  }
  return best;
}

double BirthRatio::log_overlap(std::uint32_t a, std::uint32_t b) const {
  double best = 0;
  bool found = false;
  for (const Span& x : spans_of(a)) {
    for (const Span& y : spans_of(b)) {
      const Span both{std::max(x.first, y.first), std::min(x.last, y.last)};
      if (both.first >= both.last) continue;
      const double here = std::log(mass(both) / (mass(x) * mass(y)));
      best = found ? std::max(best, here) : here;
      found = true;
    }
  }
  return best;
}

}  // namespace clew::link
