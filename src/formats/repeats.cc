// Finds columns that only repeat others: a full name beside its parts, an address beside its parts,
// a column that is a copy. Counting such a column as well would count its evidence twice.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "formats/draft.h"
#include "formats/field_spec.h"
#include "text/fold.h"
#include "text/words.h"

namespace clew::formats {
namespace {

using link::Role;

constexpr std::uint64_t kValuesWanted = 2000;
constexpr double kRepeatsMin = 0.6;
constexpr double kCopyMin = 0.95;
constexpr double kCoveredMin = 0.6;  // of the words of an address, for its parts to make it up

using Words = std::vector<std::string>;  // sorted, distinct

// The words of the distinct values of a column, computed once each.
class WordCache {
 public:
  explicit WordCache(const table::Column* column) : column_(column) {}

  const Words& of_row(std::size_t row) {
    const std::uint32_t id = column_->ids[row];
    auto [at, is_new] = words_.try_emplace(id);
    if (is_new) {
      const std::string folded = text::fold(column_->values[id]);
      for (const std::string_view word : text::words(folded)) at->second.emplace_back(word);
      std::sort(at->second.begin(), at->second.end());
      at->second.erase(std::unique(at->second.begin(), at->second.end()), at->second.end());
    }
    return at->second;
  }

 private:
  const table::Column* column_;
  std::unordered_map<std::uint32_t, Words> words_;
};

// Rows in which the column holds one of about 2,000 values drawn by hash, one row for each.
std::vector<std::size_t> sample_rows(const Draft& draft) {
  const table::Column& column = *draft.column;
  std::vector<std::uint8_t> wanted(column.values.size(), 0);
  for (std::uint32_t id = 1; id < column.values.size(); ++id) {
    wanted[id] = is_drawn(column.values[id], draft.profile.distinct, kValuesWanted) ? 8 : 0;
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < column.ids.size(); ++row) {
    std::uint8_t& left = wanted[column.ids[row]];
    if (left == 0) continue;
    --left;
    rows.push_back(row);
  }
  return rows;
}

bool contains(const Words& all, const Words& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

struct Overlap {
  double inside = 0;   // rows in which every word of the parts stands in the whole, or the reverse
  double covered = 0;  // share of the whole's words that the parts make up
  double equal = 0;    // rows in which both hold the same words
};

Overlap overlap_of(const Draft& whole, const std::vector<const Draft*>& parts) {
  WordCache whole_words(whole.column);
  std::vector<WordCache> part_words;
  for (const Draft* part : parts) part_words.emplace_back(part->column);
  double rows = 0;
  Overlap sum;
  for (const std::size_t row : sample_rows(whole)) {
    const Words& all = whole_words.of_row(row);
    Words some;
    for (WordCache& cache : part_words) {
      const Words& words = cache.of_row(row);
      some.insert(some.end(), words.begin(), words.end());
    }
    std::sort(some.begin(), some.end());
    some.erase(std::unique(some.begin(), some.end()), some.end());
    if (all.empty() || some.empty()) continue;
    rows += 1;
    Words both;
    std::set_intersection(all.begin(), all.end(), some.begin(), some.end(),
                          std::back_inserter(both));
    sum.covered += static_cast<double>(both.size()) / static_cast<double>(all.size());
    if (contains(all, some) || contains(some, all)) sum.inside += 1;
    if (all == some) sum.equal += 1;
  }
  if (rows == 0) return {};
  return {sum.inside / rows, sum.covered / rows, sum.equal / rows};
}

void mark(Draft* draft, const std::vector<const Draft*>& parts) {
  std::string names;
  for (const Draft* part : parts) names += (names.empty() ? "" : " + ") + part->guess.column;
  draft->guess.repeats = names;
  ignore(draft, "it repeats " + names);
}

// A full name beside its parts. When its words are others than theirs, it contradicts them.
void drop_full_names(std::vector<Draft>* drafts) {
  std::vector<const Draft*> parts;
  for (const Draft& d : *drafts) {
    if (d.guess.role == Role::given_name || d.guess.role == Role::family_name) parts.push_back(&d);
  }
  const Draft* first = nullptr;
  for (Draft& d : *drafts) {
    if (d.guess.role != Role::full_name) continue;
    std::vector<const Draft*> others = parts;
    if (others.empty() && first != nullptr) others.push_back(first);
    if (others.empty()) {
      first = &d;
    } else if (overlap_of(d, others).inside >= kRepeatsMin) {
      mark(&d, others);
    } else {
      ignore(&d, "it is called a full name but holds other words than the name columns beside it");
    }
  }
}

void drop_full_addresses(std::vector<Draft>* drafts) {
  for (Draft& d : *drafts) {
    if (d.guess.role != Role::address || d.profile.mean_words < 2.5) continue;
    std::vector<const Draft*> inside;
    for (const Draft& part : *drafts) {
      const bool place = part.guess.role == Role::street || part.guess.role == Role::house_number ||
                         part.guess.role == Role::place || part.guess.role == Role::postcode ||
                         part.guess.role == Role::address;
      if (!place || &part == &d || part.profile.mean_words > d.profile.mean_words) continue;
      const Overlap o = overlap_of(d, {&part});
      if (o.inside >= kRepeatsMin) inside.push_back(&part);
    }
    if (!inside.empty() && overlap_of(d, inside).covered >= kCoveredMin) mark(&d, inside);
  }
}

bool may_be_copy(const Draft& a, const Draft& b) {
  return is_evidence(a.guess.role) && is_evidence(b.guess.role) && a.profile.distinct > 20 &&
         b.profile.distinct > 20;
}

void drop_copies(std::vector<Draft>* drafts) {
  for (std::size_t i = 0; i < drafts->size(); ++i) {
    for (std::size_t j = i + 1; j < drafts->size(); ++j) {
      Draft& a = (*drafts)[i];
      Draft& b = (*drafts)[j];
      if (may_be_copy(a, b) && overlap_of(b, {&a}).equal >= kCopyMin) mark(&b, {&a});
    }
  }
}

}  // namespace

void drop_repeats(std::vector<Draft>* drafts) {
  drop_full_names(drafts);
  drop_full_addresses(drafts);
  drop_copies(drafts);
}

}  // namespace clew::formats
