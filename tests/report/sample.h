// Made-up explanations and figures that the tests of report/ draw.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "link/explanation.h"

namespace clew::report::sample {

inline std::vector<link::Term> terms() {
  using link::TermKind;
  return {
      {TermKind::prior, "", "", "two records of these sources, taken at random", "", "", -17.31},
      {TermKind::agreement, "given_name", "close (Jaro-Winkler >= 0.92)",
       "given names are spelt alike", "amina", "aminah", 5.72},
      {TermKind::frequency, "given_name", "", "rare: 3 of 50,578 records carry this name", "", "",
       3.18},
      {TermKind::agreement, "family_name", "equal", "family names are equal", "okonjo", "okonjo",
       9.05},
      {TermKind::agreement, "birth_date", "one digit", "birth dates differ by one digit",
       "20110412", "20110413", 7.4},
      {TermKind::difference, "phone", "differ", "phones differ", "+33612345678", "+33698765432",
       -1.9},
      {TermKind::missing, "postcode", "missing", "at least one postcode is not known", "", "75011",
       0},
      {TermKind::dependence, "family_name", "",
       "people of one place often share a family name; counted once", "", "", -0.85},
      {TermKind::relative, "", "relatives", "they could be members of one household", "", "",
       -0.4}};
}

inline double sum_of(const std::vector<link::Term>& terms) {
  double sum = 0;
  for (const link::Term& term : terms) sum += term.bits;
  return sum;
}

inline link::Explanation pair(const std::string& a = "hotline:A-1042",
                              const std::string& b = "shelter:77") {
  link::Explanation out;
  out.record_a = a;
  out.record_b = b;
  out.terms = terms();
  out.total_bits = sum_of(out.terms);
  out.probability = 1 / (1 + std::exp2(-out.total_bits));
  out.blocking = {{"family_name + birth_date:year", true, "the block holds 7 records"},
                  {"phone", false, "the phones differ"}};
  out.decision = link::Decision::linked;
  out.clustering = {"The pair was merged second, at +4.89 bits.",
                    "Merging stopped at −0.73 bits, where 5% of the pairs would be wrong."};
  return out;
}

// An entity of `records` records of three sources, built in records - 1 steps.
inline link::EntityExplanation entity(const std::string& name, std::uint32_t records) {
  constexpr const char* kSources[] = {"hotline", "shelter", "school"};
  link::EntityExplanation out;
  out.entity = name;
  for (std::uint32_t r = 0; r < records; ++r) {
    out.records.push_back(std::string(kSources[r % 3]) + ":" + name + "-" + std::to_string(r + 1));
  }
  for (std::uint32_t r = 1; r < records; ++r) {
    link::MergeStep step;
    step.records_a.assign(out.records.begin(), out.records.begin() + r);
    step.records_b = {out.records[r]};
    step.terms = terms();
    step.terms[2].bits -= 0.7 * r;
    step.bits = sum_of(step.terms);
    step.probability = 1 / (1 + std::exp2(-step.bits));
    out.steps.push_back(step);
  }
  out.weakest = "The last step is the weakest: without the given name it falls apart.";
  out.nearest = {"Entity E9 stays apart at −6.20 bits: the birth dates are eleven years apart."};
  return out;
}

}  // namespace clew::report::sample
