#include "formats/date_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "formats/profile.h"
#include "formats/vocabulary.h"
#include "text/fold.h"

namespace clew::formats {
namespace {

// Days at which systems count from, or that clerks type for "not known".
constexpr std::string_view kFillerDays[] = {"19000101", "19010101", "18991231",
                                            "18991230", "19700101", "11111111",
                                            "19111111", "20000101", "19500101"};
constexpr std::uint64_t kFillerCountMin = 20;
constexpr std::uint64_t kFillerRatio = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool has_full_year(std::string_view raw) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    run = is_digit(raw[i]) ? run + 1 : 0;
    const bool ends = i + 1 == raw.size() || !is_digit(raw[i + 1]);
    if (run == 8 || (run == 4 && ends)) return true;
  }
  return false;
}

int newest_year(const table::Column& column) {
  const std::vector<std::uint32_t> counts = counts_of(column);
  std::map<int, std::uint64_t> years;
  std::uint64_t total = 0;
  for (std::uint32_t id = 1; id < counts.size(); ++id) {
    if (counts[id] == 0 || !has_full_year(column.values[id])) continue;
    const auto r = model::read_date(column.values[id], model::DateOrder::unknown, kRecogniseYear);
    if (r.canonical.empty()) continue;
    years[std::atoi(r.canonical[0].substr(0, 4).c_str())] += counts[id];
    total += counts[id];
  }
  std::uint64_t above = 0;
  for (auto at = years.rbegin(); at != years.rend(); ++at) {
    above += at->second;
    if (above * 1000 > total) return at->first;
  }
  return 0;
}

DateColumn::DateColumn(const table::Column* column, const std::vector<std::uint16_t>& source_of_row,
                       std::size_t sources, model::DateOrder order, int year_now)
    : column_(column), year_now_(year_now), manners_(sources) {
  // (source, raw value) of every filled cell, sorted, so that each run is one distinct value.
  std::vector<std::uint64_t> cells;
  const bool single = source_of_row.empty() ||
                      std::all_of(source_of_row.begin(), source_of_row.end(),
                                  [&](std::uint16_t s) { return s == source_of_row.front(); });
  std::vector<std::vector<Counted>> groups(single ? 1 : sources);
  std::vector<Counted> all;
  const std::vector<std::uint32_t> counts = counts_of(*column);
  for (std::uint32_t id = 1; id < counts.size(); ++id) {
    if (counts[id] > 0) all.push_back({id, counts[id]});
  }
  if (single) {
    if (!source_of_row.empty()) manners_[source_of_row.front()] = decide(all, order);
    find_fillers(all);
    return;
  }
  for (std::size_t row = 0; row < column->ids.size(); ++row) {
    if (column->ids[row] == 0) continue;
    cells.push_back(std::uint64_t{source_of_row[row]} << 32 | column->ids[row]);
  }
  std::sort(cells.begin(), cells.end());
  for (std::size_t i = 0; i < cells.size();) {
    std::size_t end = i;
    while (end < cells.size() && cells[end] == cells[i]) ++end;
    groups[cells[i] >> 32].push_back(
        {static_cast<std::uint32_t>(cells[i]), static_cast<std::uint32_t>(end - i)});
    i = end;
  }
  for (std::size_t s = 0; s < sources; ++s) manners_[s] = decide(groups[s], order);
  find_fillers(all);
}

DateManner DateColumn::decide(const std::vector<Counted>& values, model::DateOrder order) const {
  DateManner manner;
  manner.order = order;
  if (order == model::DateOrder::unknown) {
    std::vector<std::string_view> texts;
    std::vector<std::uint32_t> counts;
    for (const Counted& v : values) {
      texts.push_back(column_->values[v.raw]);
      counts.push_back(v.count);
    }
    manner.order = model::decide_order(texts, counts, year_now_);
    const model::DateOrder said = order_in_header(column_->name);
    if (manner.order == model::DateOrder::ambiguous && said != model::DateOrder::unknown) {
      manner.order = said;
    }
  }
  model::DayCounts days;
  for (const Counted& v : values) {
    const auto r = model::read_date(column_->values[v.raw], manner.order, year_now_);
    if (r.canonical.size() == 1) days.add(r.canonical[0], v.count);
  }
  manner.january_excess = days.january_excess();
  return manner;
}

void DateColumn::find_fillers(const std::vector<Counted>& values) {
  std::map<std::string, std::uint64_t> found;
  std::vector<std::uint32_t> counts;
  for (const Counted& v : values) {
    counts.push_back(v.count);
    if (v.count <= kFillerCountMin) continue;
    const auto r = model::read_date(column_->values[v.raw], model::DateOrder::unknown, year_now_);
    for (const std::string& c : r.canonical) {
      const bool filler =
          std::find(std::begin(kFillerDays), std::end(kFillerDays), c) != std::end(kFillerDays);
      if (filler) found[c] += v.count;
    }
  }
  if (found.empty()) return;
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  for (const auto& [canonical, count] : found) {
    if (count > kFillerRatio * *middle) fillers_.push_back(canonical);
  }
}

Normal DateColumn::read(std::uint32_t raw, const DateManner& manner,
                        const NormaliseOptions& options) const {
  Normal out;
  const std::string_view text = column_->values[raw];
  model::DateReading reading = model::read_date(text, manner.order, year_now_);
  if (reading.fault != model::DateFault::none) {
    out.placeholder = placeholder_of(text::fold(text), options, 0);
    if (!out.placeholder.empty() || text::fold(text).empty()) return out;
    const bool impossible = reading.fault == model::DateFault::impossible;
    out.problem = impossible ? "impossible date" : "not a date";
    if (!reading.rest.empty()) {
      out.done = "its year kept";
      out.values.push_back(std::move(reading.rest));
    }
    return out;
  }
  for (std::string& canonical : reading.canonical) {
    if (std::binary_search(fillers_.begin(), fillers_.end(), canonical)) {
      out.placeholder = "far more frequent than any other date";
      return out;
    }
    if (manner.january_excess > 0 && canonical.size() == 8 && canonical.substr(4) == "0101") {
      out.placeholder =
          fmt::format("1 January is {:.0f} times as frequent as other days", manner.january_excess);
      canonical.resize(4);
    }
  }
  out.values = std::move(reading.canonical);
  return out;
}

}  // namespace clew::formats
