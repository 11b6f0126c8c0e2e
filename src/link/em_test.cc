#include "link/em.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/rng.h"

namespace clew::link {
namespace {

using Levels = std::array<double, 16>;

// What the simulated pairs come from: three fields of four levels, two of two, all in one picture.
struct Truth {
  std::vector<EmField> fields;
  std::vector<std::array<double, 3>> mix;
  std::vector<std::uint64_t> masked;  // per rule, bit per field
};

EmField make_field(int equal, bool household, const Levels& m, const Levels& h, const Levels& u) {
  EmField field;
  field.plan = {equal, equal, equal};
  field.household = household;
  field.m = m;
  field.h = household ? h : u;
  field.u = u;
  return field;
}

Truth simulated_truth() {
  const Levels u4{0, 0.93, 0.04, 0.02, 0.01}, u2{0, 0.9, 0.1};
  Truth truth;
  truth.fields = {make_field(4, true, {0, 0.04, 0.03, 0.13, 0.80}, {0, 0.06, 0.04, 0.1, 0.8}, u4),
                  make_field(4, false, {0, 0.08, 0.06, 0.16, 0.70}, {}, u4),
                  make_field(4, false, {0, 0.10, 0.05, 0.05, 0.80}, {}, u4),
                  make_field(2, true, {0, 0.15, 0.85}, {0, 0.25, 0.75}, u2),
                  make_field(2, true, {0, 0.2, 0.8}, {0, 0.1, 0.9}, u2),
                  make_field(4, false, {0, 0.12, 0.08, 0.1, 0.7}, {}, u4)};
  truth.mix = {{0.6, 0.1, 0.3}, {0.2, 0.3, 0.5}, {0.05, 0.05, 0.9}};
  truth.masked = {1U << 1, 1U << 0, 1U << 2 | 1U << 3};
  return truth;
}

int draw(Rng& rng, const Levels& p, int top) {
  double left = rng.uniform();
  for (int l = 1; l < top; ++l) {
    left -= p[static_cast<std::size_t>(l)];
    if (left < 0) return l;
  }
  return top;
}

std::vector<PatternCount> simulate(const Truth& truth, std::uint32_t pairs, std::uint64_t seed) {
  Rng rng(seed);
  std::map<std::pair<std::uint32_t, Pattern>, double> counts;
  for (std::uint32_t rule = 0; rule < truth.mix.size(); ++rule) {
    for (std::uint32_t k = 0; k < pairs; ++k) {
      const double z = rng.uniform();
      const bool match = z < truth.mix[rule][0];
      const bool kin = !match && z < truth.mix[rule][0] + truth.mix[rule][1];
      Pattern pattern = 0;
      for (std::size_t f = 0; f < truth.fields.size(); ++f) {
        const EmField& field = truth.fields[f];
        const int level = draw(rng, match ? field.m : kin ? field.h : field.u, field.plan.top);
        const bool missing = rng.uniform() < 0.1 || (truth.masked[rule] >> f & 1) != 0;
        if (!missing) pattern |= static_cast<Pattern>(level) << (4 * f);
      }
      ++counts[{rule, pattern}];
    }
  }
  std::vector<PatternCount> rows;
  for (const auto& [key, count] : counts) rows.push_back({key.first, key.second, count});
  return rows;
}

// The fields as training starts with them.
std::vector<EmField> untrained(const Truth& truth) {
  std::vector<EmField> fields = truth.fields;
  for (EmField& field : fields) {
    for (int l = 1; l <= field.plan.top; ++l) {
      field.m[static_cast<std::size_t>(l)] = field.h[static_cast<std::size_t>(l)] =
          default_m(l, field.plan);
    }
  }
  return fields;
}

TEST(EmTest, RecoversWhatThePairsWereMadeFrom) {
  const Truth truth = simulated_truth();
  constexpr std::uint32_t kPairs = 100000;
  std::vector<EmField> fields = untrained(truth);
  const EmResult result = fit(fields, simulate(truth, kPairs, 1), 3, {});
  EXPECT_TRUE(result.converged);
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(result.mix[r][c], truth.mix[r][c], 0.015);
  }
  for (std::size_t f = 0; f < fields.size(); ++f) {
    for (std::size_t l = 1; l <= static_cast<std::size_t>(fields[f].plan.top); ++l) {
      EXPECT_NEAR(fields[f].m[l], truth.fields[f].m[l], 0.012) << f << " level " << l;
      EXPECT_NEAR(fields[f].h[l], truth.fields[f].h[l], 0.025) << f << " level " << l;
    }
  }
}

TEST(EmTest, RecoversTwoClassesToo) {
  Truth truth = simulated_truth();
  for (auto& mix : truth.mix) mix = {mix[0], 0, 1 - mix[0]};
  std::vector<EmField> fields = untrained(truth);
  EmOptions options;
  options.relatives = false;
  const EmResult result = fit(fields, simulate(truth, 100000, 2), 3, options);
  for (std::size_t r = 0; r < 3; ++r) {
    EXPECT_NEAR(result.mix[r][0], truth.mix[r][0], 0.01);
    EXPECT_EQ(result.mix[r][1], 0);
  }
  for (std::size_t f = 0; f < fields.size(); ++f) {
    for (std::size_t l = 1; l <= static_cast<std::size_t>(fields[f].plan.top); ++l) {
      EXPECT_NEAR(fields[f].m[l], truth.fields[f].m[l], 0.012) << f << " level " << l;
    }
  }
}

TEST(EmTest, LearnsNothingForRelativesWhereNoHouseholdSharesTheField) {
  const Truth truth = simulated_truth();
  std::vector<EmField> fields = untrained(truth);
  (void)fit(fields, simulate(truth, 5000, 3), 3, {});
  for (const EmField& field : fields) {
    EXPECT_TRUE(field.household || field.h == field.u);
  }
}

TEST(EmTest, NeverLetsBetterAgreementSpeakLess) {
  Truth truth = simulated_truth();
  truth.fields[1].m = {0, 0.05, 0.25, 0.02, 0.68};  // level 2 speaks louder than level 3
  for (const std::uint32_t pairs : {300U, 3000U, 30000U}) {
    std::vector<EmField> fields = untrained(truth);
    (void)fit(fields, simulate(truth, pairs, 4), 3, {});
    for (const EmField& field : fields) {
      for (std::size_t l = 2; l <= static_cast<std::size_t>(field.plan.equal); ++l) {
        EXPECT_GE(field.m[l] / field.u[l], field.m[l - 1] / field.u[l - 1] * (1 - 1e-12));
        EXPECT_GE(field.h[l] / field.u[l], field.h[l - 1] / field.u[l - 1] * (1 - 1e-12));
      }
    }
  }
  std::vector<EmField> fields = untrained(truth);
  EmOptions free;
  free.monotone = false;
  (void)fit(fields, simulate(truth, 30000, 4), 3, free);
  EXPECT_GT(fields[1].m[2], fields[1].m[3]);
}

TEST(EmTest, GivesProbabilitiesThatAddUpToOne) {
  const Truth truth = simulated_truth();
  std::vector<EmField> fields = untrained(truth);
  const EmResult result = fit(fields, simulate(truth, 2000, 5), 3, {});
  for (const EmField& field : fields) {
    double m = 0, h = 0;
    for (std::size_t l = 1; l <= static_cast<std::size_t>(field.plan.top); ++l) {
      m += field.m[l];
      h += field.h[l];
    }
    EXPECT_NEAR(m, 1, 1e-5);
    EXPECT_NEAR(h, 1, 1e-5);
  }
  for (const auto& mix : result.mix) EXPECT_NEAR(mix[0] + mix[1] + mix[2], 1, 1e-12);
}

TEST(EmTest, StaysFiniteWithoutAnyRow) {
  std::vector<EmField> fields = untrained(simulated_truth());
  const EmResult result = fit(fields, {}, 2, {});
  for (const EmField& field : fields) {
    for (std::size_t l = 1; l <= static_cast<std::size_t>(field.plan.top); ++l) {
      EXPECT_NEAR(field.m[l], default_m(static_cast<int>(l), field.plan), 1e-9);
      EXPECT_TRUE(std::isfinite(field.h[l]));
    }
  }
  for (const auto& mix : result.mix) EXPECT_TRUE(std::isfinite(mix[0] + mix[1] + mix[2]));
}

TEST(EmTest, ConvergesWithoutAnyRow) {
  std::vector<EmField> fields = untrained(simulated_truth());
  EXPECT_TRUE(fit(fields, {}, 2, {}).converged);
}

TEST(EmTest, StaysFiniteWhenEverythingIsMissingOrNothingAgrees) {
  for (const Pattern pattern : {Pattern{0}, Pattern{0x111111}, Pattern{0x422444}}) {
    std::vector<EmField> fields = untrained(simulated_truth());
    const EmResult result = fit(fields, {{0, pattern, 1e6}}, 1, {});
    for (const EmField& field : fields) {
      for (std::size_t l = 1; l <= static_cast<std::size_t>(field.plan.top); ++l) {
        EXPECT_GT(field.m[l], 0);
        EXPECT_TRUE(std::isfinite(std::log(field.m[l] / field.u[l])));
      }
    }
    EXPECT_TRUE(std::isfinite(result.mix[0][0]));
  }
}

TEST(EmTest, SaysWhenItDidNotConverge) {
  const Truth truth = simulated_truth();
  const auto rows = simulate(truth, 5000, 6);
  std::vector<EmField> fields = untrained(truth);
  EmOptions options;
  options.rounds_max = 1;
  const EmResult result = fit(fields, rows, 3, options);
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.rounds, 1U);
}

TEST(EmTest, SeesNoMatchAtALevelThatNoPairShows) {
  const Truth truth = simulated_truth();
  auto rows = simulate(truth, 5000, 7);
  std::erase_if(rows, [](const PatternCount& row) { return level_of(row.pattern, 5) == 3; });
  std::vector<EmField> fields = untrained(truth);
  const EmResult result = fit(fields, rows, 3, {});
  EXPECT_EQ(result.seen[5][3], 0);
  EXPECT_GT(result.seen[5][4], 1000);
}

TEST(EmTest, DoesNotDependOnTheOrderOfTheRows) {
  const Truth truth = simulated_truth();
  auto rows = simulate(truth, 3000, 8);
  std::vector<EmField> forwards = untrained(truth), backwards = forwards;
  (void)fit(forwards, rows, 3, {});
  std::reverse(rows.begin(), rows.end());
  (void)fit(backwards, rows, 3, {});
  for (std::size_t f = 0; f < forwards.size(); ++f) {
    for (std::size_t l = 1; l < 16; ++l) EXPECT_NEAR(forwards[f].m[l], backwards[f].m[l], 1e-9);
  }
}

}  // namespace
}  // namespace clew::link
