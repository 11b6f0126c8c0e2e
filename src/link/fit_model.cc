#include "link/fit_model.h"

#include <algorithm>
#include <string>

#include "link/compare.h"

namespace clew::link {
namespace {

std::string names_of(const std::vector<FieldModel>& fields) {
  std::string names;
  for (const FieldModel& field : fields) names += (names.empty() ? "" : ", ") + field.spec.name;
  return names;
}

std::string names_of(const std::vector<Field>& fields) {
  std::string names;
  for (const Field& field : fields) names += (names.empty() ? "" : ", ") + field.spec.name;
  return names;
}

bool same_comparison(const FieldSpec& a, const FieldSpec& b) {
  return a.role == b.role && a.comparison == b.comparison && a.thresholds == b.thresholds;
}

// Levels of birth dates known in part stand last, and only where there are such dates.
bool fit_levels(const LevelPlan& plan, std::vector<Level>& levels) {
  const auto needed = static_cast<std::size_t>(plan.top) + 1;
  const auto whole = static_cast<std::size_t>(plan.whole_top) + 1;
  if (levels.size() == needed) return true;
  if (plan.has_partial() && levels.size() == whole) {
    levels.resize(needed, {"known in part", 1, 1, 1, false});
    return true;
  }
  return !plan.has_partial() && levels.size() == whole + kPartialLevels;
}

void fit_sources(const std::vector<std::string>& sources, Model& model) {
  if (model.sources == sources) return;
  std::vector<std::size_t> known;
  for (const std::string& source : sources) {
    known.push_back(static_cast<std::size_t>(
        std::find(model.sources.begin(), model.sources.end(), source) - model.sources.begin()));
  }
  const std::size_t before = model.sources.size(), now = sources.size();
  std::vector<double> prior;
  if (model.source_pair.size() == before * before && before > 0) {
    prior.assign(now * now, 0);
    for (std::size_t a = 0; a < now; ++a) {
      for (std::size_t b = 0; b < now; ++b) {
        if (known[a] < before && known[b] < before) {
          prior[a * now + b] = model.source_pair[known[a] * before + known[b]];
        }
      }
    }
  }
  model.source_pair = std::move(prior);
  model.sources = sources;
}

}  // namespace

Result<void> fit_model(const Records& records, Model& model) {
  bool same = records.fields.size() == model.fields.size();
  for (std::size_t f = 0; same && f < records.fields.size(); ++f) {
    same = records.fields[f].spec.name == model.fields[f].spec.name;
  }
  if (!same) {
    return fail(ErrorCode::invalid_input, "the model was learned for the fields " +
                                              names_of(model.fields) + "; the input has " +
                                              names_of(records.fields));
  }
  const Comparer comparer(records, model.options.deterministic.empty());
  for (std::size_t f = 0; f < records.fields.size(); ++f) {
    FieldModel& field = model.fields[f];
    if (!same_comparison(records.fields[f].spec, field.spec) ||
        !fit_levels(comparer.plan(f), field.levels)) {
      return fail(ErrorCode::invalid_input,
                  "the model compares the field " + field.spec.name + " in another way");
    }
  }
  fit_sources(records.sources, model);
  return {};
}

}  // namespace clew::link
