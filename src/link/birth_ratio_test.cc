#include "link/birth_ratio.h"

#include <gtest/gtest.h>

#include <cmath>

#include "link/test_records.h"

namespace clew::link {
namespace {

using Agreement = BirthRatio::Agreement;

// The dates of a file: those given, then people born evenly over twenty years.
class Births {
 public:
  explicit Births(const std::vector<std::string>& dates, bool others = true) {
    Rows rows;
    for (const std::string& date : dates) rows.push_back({date});
    for (int year = 1995; others && year < 2015; ++year) {
      for (const char* day : {"0115", "0420", "0711", "1030"}) {
        rows.push_back({std::to_string(year) + day});
      }
    }
    records_ = make_records({birth_spec()}, rows);
  }

  // Of the dates of records a and b.
  Agreement agreement(std::uint32_t a, std::uint32_t b) const {
    return BirthRatio(records_.fields[0]).agreement(value(a), value(b));
  }
  double overlap(std::uint32_t a, std::uint32_t b) const {
    return BirthRatio(records_.fields[0]).log_overlap(value(a), value(b));
  }

 private:
  std::uint32_t value(std::uint32_t record) const { return records_.fields[0].of_record[record]; }
  Records records_;
};

TEST(BirthRatioTest, FindsAnIntervalVacuousThatHoldsEveryBirth) {
  const Births births({"19000101/20991231", "20010711", "2000", "19950101/20141231"});
  for (const std::uint32_t vague : {0U, 3U}) {
    for (std::uint32_t b = 0; b < 4; ++b) {
      EXPECT_EQ(births.agreement(vague, b), Agreement::vacuous) << vague << " " << b;
      EXPECT_EQ(births.agreement(b, vague), Agreement::vacuous) << vague << " " << b;
    }
  }
}

TEST(BirthRatioTest, FindsMoreOverlapTheNarrowerTheDates) {
  const Births births({"20010711", "200107", "2001", "20000101/20031231", "19950101/20101231"});
  double before = 1e9;
  for (std::uint32_t b = 1; b < 5; ++b) {
    EXPECT_EQ(births.agreement(0, b), Agreement::consistent);
    EXPECT_GT(births.overlap(0, b), 0) << b;
    EXPECT_LT(births.overlap(0, b), before) << b;
    before = births.overlap(0, b);
  }
  EXPECT_NEAR(births.overlap(0, 2), std::log(20), 0.3);  // one year of twenty
  EXPECT_NEAR(births.overlap(2, 2), std::log(20), 0.3);
}

TEST(BirthRatioTest, TellsNearlyFromApart) {
  const Births births({"2001", "2002", "20030101/20031231", "20040601", "20080101/20090101", "2019",
                       "2091", "19950101/19961231"});
  EXPECT_EQ(births.agreement(0, 1), Agreement::nearly);
  EXPECT_EQ(births.agreement(0, 2), Agreement::nearly);  // a year lies between
  EXPECT_EQ(births.agreement(0, 4), Agreement::apart);   // seven years
  EXPECT_EQ(births.agreement(0, 7), Agreement::apart);
  EXPECT_EQ(births.agreement(0, 6), Agreement::nearly);  // one digit of the year
  EXPECT_EQ(births.agreement(0, 5), Agreement::apart);   // two digits
}

TEST(BirthRatioTest, IsTheSameBothWays) {
  People people(9);
  std::vector<std::string> dates;
  for (int k = 0; k < 30; ++k) dates.push_back(people.blurred_date(people.date()));
  const Births births(dates);
  for (std::uint32_t a = 0; a < 30; ++a) {
    for (std::uint32_t b = 0; b < 30; ++b) {
      EXPECT_EQ(births.agreement(a, b), births.agreement(b, a));
      EXPECT_EQ(births.overlap(a, b), births.overlap(b, a));
    }
  }
}

TEST(BirthRatioTest, TakesTheBestOfTwoReadings) {
  const Births births({"2001", "20010304|20080403", "20010304", "20080403"});
  EXPECT_EQ(births.agreement(0, 1), Agreement::consistent);
  EXPECT_EQ(births.overlap(0, 1), births.overlap(0, 2));
  EXPECT_EQ(births.agreement(0, 3), Agreement::nearly);  // 2001 and 2008 are one digit apart
}

TEST(BirthRatioTest, ManagesWithoutAnyWholeDate) {
  const Births births({"2001", "2001", "2012", "2004", "1988"}, false);
  EXPECT_EQ(births.agreement(0, 1), Agreement::consistent);
  EXPECT_GT(births.overlap(0, 1), 0);
  EXPECT_EQ(births.agreement(0, 4), Agreement::apart);
}

}  // namespace
}  // namespace clew::link
