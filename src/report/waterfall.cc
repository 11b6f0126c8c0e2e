#include "report/waterfall.h"

#include <algorithm>

namespace clew::report {
namespace {

std::string label_of(const link::Term& term) {
  // A second term of a field (its frequency, say) may have no level of its own.
  const std::string level =
      term.level.empty() ? std::string(kind_in_words(term.kind)) : plain(term.level);
  std::string field = plain(term.field);
  std::replace(field.begin(), field.end(), '_', ' ');
  return field.empty() ? level : field + ": " + level;
}

Direction direction_of(const link::Term& term) {
  if (term.kind == link::TermKind::prior) return Direction::start;
  if (term.bits > 0) return Direction::raises;
  return term.bits < 0 ? Direction::lowers : Direction::none;
}

}  // namespace

Waterfall waterfall_of(const std::vector<link::Term>& terms, double total_bits, Values values) {
  Waterfall out;
  double sum = 0;
  for (const link::Term& term : terms) {
    WaterfallRow row;
    row.label = label_of(term);
    row.words = plain(term.words);
    row.value_a = value_in_words(term.value_a, term.field, values);
    row.value_b = value_in_words(term.value_b, term.field, values);
    row.direction = direction_of(term);
    row.bits = term.bits;
    row.from = sum;
    sum += term.bits;
    row.to = sum;
    out.low = std::min(out.low, sum);
    out.high = std::max(out.high, sum);
    out.rows.push_back(std::move(row));
  }
  WaterfallRow total;
  total.label = "total";
  total.direction = Direction::total;
  total.bits = total_bits;
  total.to = total_bits;
  out.rows.push_back(std::move(total));
  out.low = std::min(out.low, total_bits);
  out.high = std::max(out.high, total_bits);
  return out;
}

}  // namespace clew::report
