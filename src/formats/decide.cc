// Decides what one column means from its name and its values, so that neither contradicts the
// other.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "formats/draft.h"
#include "formats/field_spec.h"

namespace clew::formats {
namespace {

using link::Role;

struct Choice {
  Role role = Role::ignored;
  std::string_view kind;
  std::string reason;
  double confidence = 0;
};

int percent(double share) { return static_cast<int>(std::lround(share * 100)); }

bool is_unique(const Profile& p) {
  return p.filled > 0 && p.distinct == p.filled && p.share_filled() >= 0.999;
}

// A label of groups: fewer distinct values than rows, but many groups; one word or number each.
bool is_label(const Profile& p) {
  return p.distinct < p.filled && p.mean_words < 1.5 && p.date < 0.5 && p.email < 0.5 &&
         (p.distinct > 20 || p.rows < 200 || p.distinct * 50 > p.rows);
}

std::string says_what(const Profile& p) {
  if (p.email >= 0.5)
    return fmt::format("{}% of the values are e-mail addresses", percent(p.email));
  if (p.date >= 0.5) return fmt::format("{}% of the values are dates", percent(p.date));
  if (p.phone >= 0.5) return fmt::format("{}% of the values are phone numbers", percent(p.phone));
  if (p.integer >= 0.5)
    return fmt::format("{}% of the values are whole numbers", percent(p.integer));
  return "the values look different";
}

bool fits_words(const Profile& p) {
  return p.email < 0.5 && p.date < 0.5 && p.phone < 0.5 && p.integer < 0.5 && p.decimal < 0.5;
}

// Whether the values may be of this role at all.
bool fits(Role role, const Profile& p) {
  switch (role) {
    case Role::birth_date:
    case Role::report_date:
      return p.date + p.year >= 0.5;
    case Role::age:
      return p.age >= 0.6;
    case Role::email:
      return p.email >= 0.5;
    case Role::phone:
      return p.phone_possible >= 0.5 || (p.has_digit >= 0.5 && p.date < 0.5 && p.email < 0.5);
    case Role::sex:
      return p.distinct <= 30 && p.date < 0.5 && p.email < 0.5;
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
    case Role::full_name:
      return fits_words(p) && p.mean_words < 8;
    case Role::place:
    case Role::street:
    case Role::country:
      return p.email < 0.5 && p.date < 0.5 && p.phone < 0.5 && p.decimal < 0.5;
    case Role::address:
      return p.email < 0.5 && p.date < 0.5 && p.phone < 0.8;
    case Role::house_number:
      return p.has_digit >= 0.5 && p.email < 0.5 && p.date < 0.5 && p.mean_length <= 12;
    case Role::postcode:
      return p.mean_length <= 12 && p.email < 0.5 && p.date < 0.5;
    case Role::document:
      return p.email < 0.5 && p.has_digit >= 0.5;
    case Role::handle:
      return p.date < 0.5 && p.mean_words < 3;
    case Role::latitude:
      return p.integer + p.decimal >= 0.9 && p.number_low >= -90 && p.number_high <= 90;
    case Role::longitude:
      return p.integer + p.decimal >= 0.9 && p.number_low >= -180 && p.number_high <= 180;
    case Role::category:
      return p.email < 0.5 && p.mean_words < 8;
    default:
      return true;
  }
}

Choice number_by_content(const Profile& p) {
  if (p.distinct <= 20 && p.rows >= 100) {
    return {Role::category, "category", fmt::format("{} different numbers", p.distinct), 0.6};
  }
  return {Role::ignored, "", "numbers of which nothing says what they count", 0.9};
}

Choice text_by_content(const Profile& p) {
  if (p.mean_words >= 8 || p.mean_length >= 80) {
    return {Role::free_text, "free_text",
            fmt::format("long text, {:.0f} words on average", p.mean_words), 0.9};
  }
  const double distinct = p.share_distinct();
  if (p.distinct <= 50 && distinct <= 0.1) {
    return {Role::category, "category", fmt::format("{} different values", p.distinct), 0.7};
  }
  if (p.letters < 0.8) return {Role::category, "text", "free spelt text with digits", 0.5};
  if (p.words_two >= 0.8 && p.mean_words < 4 && distinct > 0.3) {
    return {Role::full_name, "full_name", "two or three words, seldom the same: full names", 0.6};
  }
  if (distinct <= 0.1) {
    return {Role::place, "place", "words that are often the same: places", 0.55};
  }
  return {Role::category, "text", "free spelt words", 0.55};
}

Choice by_content(const Profile& p) {
  const auto share = [](double part, std::string_view what) {
    return fmt::format("{}% of the values are {}", percent(part), what);
  };
  if (p.email >= 0.8) return {Role::email, "email", share(p.email, "e-mail addresses"), 0.9};
  if (p.date >= 0.8) {
    // Children are born over many years; reports come in over a few.
    const bool recent = p.year_low >= 1990 && p.year_high - p.year_low <= 5;
    if (recent) return {Role::report_date, "report_date", "dates of only a few years", 0.6};
    return {Role::birth_date, "birth_date", share(p.date, "dates") + " of many years", 0.7};
  }
  if (p.sex >= 0.9 && p.distinct <= 12) {
    return {Role::sex, "sex", share(p.sex, "words for male and female"), 0.9};
  }
  if (is_unique(p) && p.code >= 0.99 && p.phone < 0.5) {
    return {Role::id, "id", "every row has a number of its own", 0.7};
  }
  if (p.phone >= 0.8) return {Role::phone, "phone", share(p.phone, "phone numbers"), 0.8};
  if (p.integer + p.decimal >= 0.9) return number_by_content(p);
  if (p.postcode >= 0.9 && p.code < 0.9 && p.mean_length >= 5 && p.mean_length <= 9) {
    return {Role::postcode, "postcode", share(p.postcode, "written like postcodes"), 0.6};
  }
  return text_by_content(p);
}

std::string header_words(const HeaderMeaning& header) {
  return fmt::format("header says {} ({})", header.kind, header.language);
}

void choose(Draft* draft, Role role, std::string_view kind, double confidence) {
  draft->guess.role = role;
  draft->guess.kind = kind;
  draft->guess.confidence = confidence;
}

// Ids and truth labels must have the shape of one, whatever the header says.
bool decide_label(Draft* draft) {
  const Profile& p = draft->profile;
  const HeaderMeaning& header = *draft->header;
  if (header.role == Role::truth && is_label(p)) {
    choose(draft, Role::truth, "truth", header.strength);
    draft->guess.reasons.push_back(
        fmt::format("{} labels for {} rows: the truth, never evidence", p.distinct, p.filled));
    return true;
  }
  const bool unique = p.share_distinct() >= 0.98 && p.share_filled() >= 0.98;
  if ((header.role == Role::id || header.role == Role::truth) && unique) {
    choose(draft, Role::id, "id", header.role == Role::id ? header.strength : 0.6);
    draft->guess.reasons.emplace_back("every row has its own");
    return true;
  }
  if (header.role == Role::id || header.role == Role::truth) {
    ignore(draft, fmt::format("{} values for {} rows: it names groups, not records, and may hold "
                              "the answer",
                              p.distinct, p.rows));
    return true;
  }
  if (header.role == Role::source) {
    const bool few = p.distinct <= 1000 && (p.distinct <= 10 || p.distinct * 5 <= p.filled);
    if (few && p.email < 0.5 && p.date < 0.5) {
      choose(draft, Role::source, "source", header.strength);
      draft->guess.reasons.push_back(fmt::format("{} different values", p.distinct));
    } else {
      ignore(draft, "too many different values for a source");
    }
    return true;
  }
  return false;
}

void decide_by_header(Draft* draft) {
  const Profile& p = draft->profile;
  const HeaderMeaning& header = *draft->header;
  draft->guess.reasons.push_back(header_words(header));
  if (header.role == Role::ignored) {
    const bool household = header.kind == "household";
    return ignore(draft, household ? "a label of the household, which may be made from the answer"
                         : header.kind == "other_date" ? "a date, but not of birth"
                                                       : "it is about another person");
  }
  if (decide_label(draft)) return;
  if (p.distinct == 1 && p.rows > 1) return ignore(draft, "it has a single value");
  if (fits(header.role, p)) {
    if (header.role == Role::category && p.mean_words >= 6)
      return choose(draft, Role::free_text, "free_text", 0.8);
    return choose(draft, header.role, header.kind, 0.4 + 0.58 * header.strength);
  }
  if ((header.role == Role::birth_date || header.role == Role::report_date) && p.age >= 0.6) {
    draft->guess.reasons.emplace_back("but the values are ages");
    return choose(draft, Role::age, "age", 0.7);
  }
  draft->by_content = true;
  draft->guess.reasons.push_back("but " + says_what(p));
  const Choice choice = by_content(p);
  const bool known = choice.role == Role::email || choice.role == Role::phone ||
                     choice.role == Role::birth_date || choice.role == Role::report_date ||
                     choice.role == Role::free_text;
  if (known) return choose(draft, choice.role, choice.kind, 0.6);
  ignore(draft, "header and values contradict each other");
}

// Values that hold several: parted by the list separator of JSON arrays, or by ; | in a good share.
char separator_of(const Draft& draft) {
  const Profile& p = draft.profile;
  if (p.several[0] > 0) return kSeparators[0];
  switch (draft.guess.role) {
    case Role::phone:
    case Role::email:
      for (std::size_t i = 1; i < kSeparators.size(); ++i) {
        if (p.several[i] > 0.001) return kSeparators[i];
      }
      return 0;
    case Role::given_name:
    case Role::family_name:
    case Role::country:
    case Role::document:
    case Role::handle:
    case Role::category:
      if (p.several[1] >= 0.02) return ';';
      return p.several[2] >= 0.02 ? '|' : '\0';
    default:
      return 0;
  }
}

}  // namespace

void ignore(Draft* draft, std::string reason) {
  draft->guess.role = Role::ignored;
  draft->guess.kind.clear();
  draft->guess.field.clear();
  draft->guess.confidence = std::max(draft->guess.confidence, 0.9);
  draft->guess.reasons.push_back("ignored: " + std::move(reason));
}

void decide(Draft* draft) {
  const Profile& p = draft->profile;
  constexpr double kHeaderMin = 0.45;
  if (p.filled == 0) return ignore(draft, "it is always empty");
  if (p.rows >= 200 && p.filled * 200 < p.rows) {
    return ignore(draft, fmt::format("it is empty in all but {} of {} rows", p.filled, p.rows));
  }
  if (draft->header && draft->header->strength >= kHeaderMin) {
    decide_by_header(draft);
  } else {
    draft->by_content = true;
    if (p.distinct == 1 && p.rows > 1) return ignore(draft, "it has a single value");
    const Choice choice = by_content(p);
    draft->guess.reasons.push_back("the header says nothing; " + choice.reason);
    if (choice.role == Role::ignored) return ignore(draft, choice.reason);
    choose(draft, choice.role, choice.kind, choice.confidence);
  }
  if (draft->guess.role == Role::ignored) return;
  if (draft->guess.confidence < 0.5) return ignore(draft, "too uncertain");
  draft->guess.comparison = comparison_of(draft->guess.role, draft->guess.kind, p);
  draft->guess.separator = separator_of(*draft);
  if (draft->guess.role == Role::birth_date || draft->guess.role == Role::report_date) {
    const model::DateOrder said = order_in_header(draft->guess.column);
    const bool open = p.order == model::DateOrder::ambiguous && said != model::DateOrder::unknown;
    draft->guess.order = open ? said : p.order;
    draft->guess.reasons.push_back(
        fmt::format("dates are written {}", order_name(draft->guess.order)));
  }
}

}  // namespace clew::formats
