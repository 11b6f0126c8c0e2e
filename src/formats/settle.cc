// Settles what the columns of one table mean beside each other.
#include <algorithm>

#include "formats/draft.h"
#include "formats/field_spec.h"

namespace clew::formats {
namespace {

using link::Role;

bool has(const std::vector<Draft>& drafts, Role role, std::string_view kind = {}) {
  return std::any_of(drafts.begin(), drafts.end(), [&](const Draft& d) {
    return d.guess.role == role && (kind.empty() || d.guess.kind == kind);
  });
}

// Keeps the most certain column of a role, the first of equals.
void keep_best(std::vector<Draft>* drafts, Role role, const std::string& reason) {
  Draft* best = nullptr;
  for (Draft& d : *drafts) {
    if (d.guess.role != role) continue;
    if (best == nullptr) {
      best = &d;
    } else if (d.guess.confidence > best->guess.confidence) {
      ignore(best, reason);
      best = &d;
    } else {
      ignore(&d, reason);
    }
  }
}

void rename(Draft* d, Role role, std::string reason) {
  d->guess.role = role;
  d->guess.kind = role_name(role);
  d->guess.comparison = comparison_of(role, d->guess.kind, d->profile);
  d->guess.reasons.push_back(std::move(reason));
}

// "name" may be a full name or a part, and so may "nom" and "nombre": the words in it and the other
// columns tell.
void settle_names(std::vector<Draft>* drafts) {
  for (Draft& d : *drafts) {
    const bool family = has(*drafts, Role::family_name, "family_name");
    const bool given = has(*drafts, Role::given_name);
    const bool many = d.profile.words_two >= 0.6;
    if (d.guess.role == Role::full_name && d.profile.words_two < 0.3) {
      if (given && !family) {
        rename(&d, Role::family_name, "single words beside a given name");
      } else if (!given) {
        rename(&d, Role::given_name, "single words");
      }
    } else if (d.guess.role == Role::family_name && d.guess.kind == "family_name" && many &&
               !given) {
      rename(&d, Role::full_name, "two words or more, and no given name beside it");
    } else if (d.guess.role == Role::given_name && many && !family) {
      rename(&d, Role::full_name, "two words or more, and no family name beside it");
    }
  }
}

// Of dates whose header says nothing the earliest is the birth date, if none is known by header.
void settle_dates(std::vector<Draft>* drafts) {
  Draft* birth = nullptr;
  for (Draft& d : *drafts) {
    if (d.guess.role != Role::birth_date || d.by_content) continue;
    birth = &d;
  }
  const bool known = birth != nullptr;
  for (Draft& d : *drafts) {
    if (d.guess.role != Role::birth_date || !d.by_content || known) continue;
    if (birth == nullptr || d.profile.year_low < birth->profile.year_low) birth = &d;
  }
  for (Draft& d : *drafts) {
    if (d.guess.role == Role::birth_date && d.by_content && &d != birth) {
      rename(&d, Role::report_date, "another column holds the birth dates");
    }
  }
}

void settle_ages(std::vector<Draft>* drafts) {
  keep_best(drafts, Role::age, "another column holds the age");
  const Draft* report = nullptr;
  for (const Draft& d : *drafts) {
    if (d.guess.role != Role::report_date) continue;
    if (report == nullptr || d.guess.confidence > report->guess.confidence) report = &d;
  }
  for (Draft& d : *drafts) {
    if (d.guess.role != Role::age) continue;
    if (report == nullptr) {
      ignore(&d,
             "an age says nothing without the date of the report; name the column in report_date");
    } else {
      d.guess.report_date = report->guess.column;
      d.guess.reasons.push_back("taken with the date in " + report->guess.column);
    }
  }
}

void settle_coordinates(std::vector<Draft>* drafts) {
  keep_best(drafts, Role::latitude, "another column holds the latitude");
  keep_best(drafts, Role::longitude, "another column holds the longitude");
  const bool pair = has(*drafts, Role::latitude) && has(*drafts, Role::longitude);
  for (Draft& d : *drafts) {
    if ((d.guess.role == Role::latitude || d.guess.role == Role::longitude) && !pair) {
      ignore(&d, "one coordinate without the other");
    }
  }
}

}  // namespace

void settle(std::vector<Draft>* drafts) {
  keep_best(drafts, Role::id, "another column is the record's number");
  keep_best(drafts, Role::source, "another column names the source");
  keep_best(drafts, Role::truth, "another column is the truth label");
  settle_names(drafts);
  settle_dates(drafts);
  settle_ages(drafts);
  settle_coordinates(drafts);
}

}  // namespace clew::formats
