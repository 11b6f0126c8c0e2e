// Lets the columns of several tables meet in the fields of the run.
#include <algorithm>
#include <set>

#include "formats/draft.h"
#include "formats/field_spec.h"

namespace clew::formats {
namespace {

using link::Role;

struct Slot {
  Role role = Role::ignored;
  std::string kind;
  std::vector<Draft*> columns;
};

// The role of the field that a column of this role feeds.
Role field_role(Role role) {
  if (role == Role::age) return Role::birth_date;
  return role == Role::longitude ? Role::latitude : role;
}

std::string field_kind(const Draft& d) {
  const Role role = field_role(d.guess.role);
  if (role == Role::birth_date || role == Role::latitude) return std::string(role_name(role));
  // Columns that only their own name describes meet only under that name.
  if (d.guess.kind == "category" || d.guess.kind == "text" || d.guess.kind == "appearance") {
    return "~" + field_name(d.guess.column);
  }
  if (d.guess.kind == "relative") return "~" + field_name(d.guess.column);
  return d.guess.kind;
}

bool takes_all(Role role) {
  return holds_several(role) || role == Role::birth_date || role == Role::latitude;
}

// Roles whose columns may hold the same thing under different names.
bool are_alike(Role a, Role b) {
  const auto street = [](Role role) { return role == Role::street || role == Role::address; };
  if (street(a) && street(b)) return true;
  return a == b && (a == Role::document || a == Role::handle);
}

bool holds_table(const Slot& slot, const table::Table* table) {
  return std::any_of(slot.columns.begin(), slot.columns.end(),
                     [&](const Draft* d) { return d->table == table; });
}

bool has_header(const Slot& slot, const Draft& d) {
  return std::any_of(slot.columns.begin(), slot.columns.end(), [&](const Draft* other) {
    return field_name(other->guess.column) == field_name(d.guess.column);
  });
}

class Meeting {
 public:
  void add(std::vector<Draft>* drafts) {
    std::vector<Draft*> waiting;
    for (Draft& d : *drafts) {
      if (!is_evidence(d.guess.role) || d.guess.role == Role::full_name) continue;
      if (Slot* slot = find(d, true)) {
        slot->columns.push_back(&d);
      } else {
        waiting.push_back(&d);
      }
    }
    for (Draft* d : waiting) {
      Slot* slot = find(*d, false);
      if (slot == nullptr) slot = alone_of_its_role(*d, *drafts);
      if (slot == nullptr)
        slot = &slots_.emplace_back(Slot{field_role(d->guess.role), field_kind(*d), {}});
      slot->columns.push_back(d);
    }
  }

  // Gives every slot a name and tells its columns.
  void name_all() {
    for (Slot& slot : slots_) {
      const std::string name = unused(name_of(slot));
      for (Draft* d : slot.columns) d->guess.field = name;
    }
  }

  // The name of the first field of a role, which is made if there is none.
  std::string part_of_name(Role role) {
    for (const Slot& slot : slots_) {
      const bool main = slot.kind == role_name(role) && !slot.columns.empty();
      if (slot.role == role && main) return slot.columns.front()->guess.field;
    }
    const std::string name(role_name(role));
    used_.insert(name);
    return name;
  }

 private:
  Slot* find(const Draft& d, bool same_header) {
    for (Slot& slot : slots_) {
      if (slot.role != field_role(d.guess.role) || slot.kind != field_kind(d)) continue;
      if (takes_all(slot.role)) return &slot;
      if (holds_table(slot, d.table) || (same_header && !has_header(slot, d))) continue;
      return &slot;
    }
    return nullptr;
  }

  // A "passport" in one table and a "document" in another meet when neither table has another one,
  // and so do an "address" and a "street".
  Slot* alone_of_its_role(const Draft& d, const std::vector<Draft>& drafts) {
    const Role role = d.guess.role;
    if (!are_alike(role, role)) return nullptr;
    const auto alike = [&](const Draft& other) { return are_alike(other.guess.role, role); };
    if (std::count_if(drafts.begin(), drafts.end(), alike) != 1) return nullptr;
    Slot* only = nullptr;
    for (Slot& slot : slots_) {
      if (!are_alike(slot.role, role)) continue;
      if (only != nullptr) return nullptr;
      only = &slot;
    }
    const bool generic =
        only != nullptr && (only->kind == role_name(only->role) || d.guess.kind == role_name(role));
    return generic ? only : nullptr;
  }

  std::string name_of(const Slot& slot) const {
    std::string first = field_name(slot.columns.front()->guess.column);
    const bool same = std::all_of(slot.columns.begin(), slot.columns.end(), [&](const Draft* d) {
      return field_name(d->guess.column) == first && d->guess.role == slot.role;
    });
    if (slot.role == Role::latitude) return "point";
    if (same) return first;
    return slot.kind[0] == '~' ? slot.kind.substr(1) : slot.kind;
  }

  std::string unused(const std::string& wanted) {
    std::string name = wanted;
    for (int n = 2; !used_.insert(name).second; ++n) name = wanted + "_" + std::to_string(n);
    return name;
  }

  std::vector<Slot> slots_;
  std::set<std::string> used_;
};

}  // namespace

void meet(std::vector<std::vector<Draft>>* tables) {
  Meeting meeting;
  for (std::vector<Draft>& drafts : *tables) meeting.add(&drafts);
  meeting.name_all();
  for (std::vector<Draft>& drafts : *tables) {
    for (Draft& d : drafts) {
      if (d.guess.role != Role::full_name) continue;
      const std::string given = meeting.part_of_name(Role::given_name);
      d.guess.field = given + ", " + meeting.part_of_name(Role::family_name);
      d.guess.reasons.emplace_back("split into given and family name");
    }
  }
}

}  // namespace clew::formats
