#include "report/explanation_json.h"

namespace clew::report {
namespace {

constexpr std::string_view kProposal =
    "A link or an entity made here is a proposal that a person must confirm.";

std::string_view name_of_kind(link::TermKind kind) {
  switch (kind) {
    case link::TermKind::prior:
      return "prior";
    case link::TermKind::agreement:
      return "agreement";
    case link::TermKind::difference:
      return "difference";
    case link::TermKind::missing:
      return "missing";
    case link::TermKind::frequency:
      return "frequency";
    case link::TermKind::dependence:
      return "dependence";
    case link::TermKind::relative:
      return "relative";
    case link::TermKind::source_pair:
      return "source_pair";
  }
  return "";
}

std::string value_of(const std::string& value, const std::string& field, Values values) {
  return values == Values::shown ? value : value_in_words(value, field, values);
}

std::string_view name_of_values(Values values) {
  return values == Values::shown ? "shown" : "masked";
}

Json terms_json(const std::vector<link::Term>& terms, Values values) {
  Json::Array out;
  for (const link::Term& term : terms) {
    out.push_back(Json::Object{{"kind", name_of_kind(term.kind)},
                               {"field", term.field},
                               {"level", term.level},
                               {"words", term.words},
                               {"value_a", value_of(term.value_a, term.field, values)},
                               {"value_b", value_of(term.value_b, term.field, values)},
                               {"bits", term.bits}});
  }
  return out;
}

}  // namespace

std::string_view name_of(link::Decision decision) {
  switch (decision) {
    case link::Decision::linked:
      return "linked";
    case link::Decision::review:
      return "review";
    case link::Decision::apart:
      return "apart";
  }
  return "";
}

Json to_json(const link::Explanation& explanation, Values values) {
  Json::Array blocking;
  for (const link::Reason& reason : explanation.blocking) {
    blocking.push_back(Json::Object{
        {"rule", reason.rule}, {"together", reason.together}, {"words", reason.words}});
  }
  return Json::Object{{"record_a", explanation.record_a},
                      {"record_b", explanation.record_b},
                      {"decision", name_of(explanation.decision)},
                      {"total_bits", explanation.total_bits},
                      {"probability", explanation.probability},
                      {"in_words", chance_in_words(explanation.probability)},
                      {"values", name_of_values(values)},
                      {"terms", terms_json(explanation.terms, values)},
                      {"blocking", std::move(blocking)},
                      {"clustering", Json::strings(explanation.clustering)},
                      {"note", kProposal}};
}

Json to_json(const link::EntityExplanation& explanation, Values values) {
  Json::Array steps;
  for (const link::MergeStep& step : explanation.steps) {
    steps.push_back(Json::Object{{"records_a", Json::strings(step.records_a)},
                                 {"records_b", Json::strings(step.records_b)},
                                 {"bits", step.bits},
                                 {"probability", step.probability},
                                 {"terms", terms_json(step.terms, values)}});
  }
  return Json::Object{{"entity", explanation.entity},
                      {"status", "proposal"},
                      {"records", Json::strings(explanation.records)},
                      {"values", name_of_values(values)},
                      {"steps", std::move(steps)},
                      {"weakest", explanation.weakest},
                      {"nearest", Json::strings(explanation.nearest)},
                      {"note", kProposal}};
}

}  // namespace clew::report
