#include "model/date.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace clew::model {
namespace {

constexpr int kNow = 2024;

std::string read(std::string_view text, DateOrder order = DateOrder::unknown) {
  const DateReading r = read_date(text, order, kNow);
  if (r.fault == DateFault::not_a_date) return "not a date";
  if (r.fault == DateFault::impossible) return "impossible";
  return r.canonical.size() == 1 ? r.canonical[0] : r.canonical[0] + "|" + r.canonical[1];
}

TEST(DayTest, CountsFromTheEpochAndBack) {
  EXPECT_EQ(day_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(day_from_civil(2000, 3, 1), 11017);
  EXPECT_EQ(day_from_civil(1969, 12, 31), -1);
  EXPECT_EQ(day_to_text(day_from_civil(1630, 8, 1)), "16300801");
}

TEST(DayTest, EveryDayOfFourHundredYearsFollowsTheOneBefore) {
  Day expected = day_from_civil(1600, 1, 1);
  for (int year = 1600; year < 2000; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (unsigned day = 1; is_civil(year, month, day); ++day, ++expected) {
        ASSERT_EQ(day_from_civil(year, month, day), expected);
      }
    }
  }
  EXPECT_EQ(expected - day_from_civil(1600, 1, 1), 146097);
}

TEST(DayTest, TextAndDayAreInverse) {
  EXPECT_TRUE(rc::check([] {
    const Day day = *rc::gen::inRange(day_from_civil(1, 1, 1), day_from_civil(9999, 12, 31));
    const auto interval = interval_from_canonical(day_to_text(day));
    RC_ASSERT(interval.has_value());
    RC_ASSERT(interval->first == day && interval->last == day);
  }));
}

TEST(DateTest, KnowsLeapYears) {
  EXPECT_TRUE(is_civil(2000, 2, 29));
  EXPECT_FALSE(is_civil(1900, 2, 29));
  EXPECT_FALSE(is_civil(2001, 4, 31));
  EXPECT_FALSE(is_civil(2001, 13, 1));
  EXPECT_FALSE(is_civil(0, 1, 1));
}

TEST(DateTest, ReadsTheCommonSpellings) {
  for (const char* text :
       {"1999-05-31",     "1999/05/31",           "1999.5.31",        "19990531",
        "1999 05 31",     "1999-05-31T10:20:30Z", "1999-05-31 10:20", "19990531T102030",
        "19990531102030", "31/05/1999",           "31.05.1999",       "05/31/1999",
        "31051999",       "31 May 1999",          "May 31, 1999",     "31-MAY-99",
        "31 mai 1999",    "31 de mayo de 1999",   "31 мая 1999 г.",   "٣١/٠٥/١٩٩٩",
        "31 مايو 1999",   "31st of May 1999",     "1999 May 31",      "31.5.99"}) {
    EXPECT_EQ(read(text), "19990531") << text;
  }
  EXPECT_EQ(read("12 août 2001"), "20010812");
  EXPECT_EQ(read("1er mars 2001"), "20010301");
  EXPECT_EQ(read("3 كانون الثاني 2001"), "20010103");
  EXPECT_EQ(read("3 تشرين الأول 2001"), "20011003");
}

TEST(DateTest, KeepsPartialDatesPartial) {
  EXPECT_EQ(read("1999"), "1999");
  EXPECT_EQ(read("1999-05"), "199905");
  EXPECT_EQ(read("05/1999"), "199905");
  EXPECT_EQ(read("May 1999"), "199905");
  EXPECT_EQ(read("mayo de 1999"), "199905");
  EXPECT_EQ(read("1999-05-00"), "199905");
  EXPECT_EQ(read("00/05/1999", DateOrder::day_first), "199905");
  EXPECT_EQ(read("1999-00-00"), "1999");
  EXPECT_EQ(read("1999/2000"), "19990101/20001231");
}

TEST(DateTest, TellsImpossibleFromNoDate) {
  for (const char* text : {"19990231", "1999-02-31", "1999-13-01", "31/04/1999", "2999-01-01"}) {
    EXPECT_EQ(read(text), "impossible") << text;
  }
  for (const char* text : {"tomorrow", "", "12", "1234567", "10:30", "robert", "1-2", "May",
                           "a@b.org", "12-12-12-12", "99999999999999999999"}) {
    EXPECT_EQ(read(text), "not a date") << text;
  }
}

TEST(DateTest, AnImpossibleDateStillSaysItsYear) {
  const auto rest = [](std::string_view text) {
    return read_date(text, DateOrder::unknown, kNow).rest;
  };
  EXPECT_EQ(rest("1999-02-31"), "1999");
  EXPECT_EQ(rest("19990231"), "1999");
  EXPECT_EQ(rest("1999-13-05"), "1999");
  EXPECT_EQ(rest("45/67/1999"), "1999");
  EXPECT_EQ(rest("2999-13-05"), "");
  EXPECT_EQ(rest("1999-12-05"), "");
  EXPECT_EQ(rest("45/67/99"), "");
}

TEST(DateTest, CarriesAnAmbiguousDateAsBothReadings) {
  EXPECT_EQ(read("03/04/2001", DateOrder::ambiguous), "20010304|20010403");
  EXPECT_EQ(read("03/04/2001", DateOrder::day_first), "20010403");
  EXPECT_EQ(read("03/04/2001", DateOrder::month_first), "20010304");
  EXPECT_EQ(read("04/04/2001", DateOrder::ambiguous), "20010404");
}

TEST(DateTest, ReadsTwoDigitYearsAsTheLastHundred) {
  EXPECT_EQ(read("31/05/24", DateOrder::day_first), "20240531");
  EXPECT_EQ(read("31/05/25", DateOrder::day_first), "19250531");
  EXPECT_EQ(read("99-05-31", DateOrder::year_first), "19990531");
}

TEST(DateTest, AValueThatContradictsItsColumnIsReadInTheOrderItFits) {
  EXPECT_EQ(read("05/31/1999", DateOrder::day_first), "19990531");
  EXPECT_EQ(read("1999-05-31", DateOrder::day_first), "19990531");
}

DateOrder decide(const std::vector<std::string_view>& values,
                 std::vector<std::uint32_t> counts = {}) {
  if (counts.empty()) counts.assign(values.size(), 1);
  return decide_order(values, counts, kNow);
}

TEST(DateOrderTest, OneDecisiveValueDecides) {
  EXPECT_EQ(decide({"01/02/1999", "31/05/1999", "03/03/2001"}), DateOrder::day_first);
  EXPECT_EQ(decide({"01/02/1999", "05/31/1999"}), DateOrder::month_first);
  EXPECT_EQ(decide({"1999-01-02", "1999-05-31"}), DateOrder::year_first);
  EXPECT_EQ(decide({"19560409", "19991207", "19201201"}), DateOrder::year_first);
  EXPECT_EQ(decide({"990531", "010203"}), DateOrder::year_first);
}

TEST(DateOrderTest, WithoutADecisiveValueItStaysAmbiguous) {
  EXPECT_EQ(decide({"01/02/1999", "03/04/2001"}), DateOrder::ambiguous);
  EXPECT_EQ(decide({"31/05/1999", "05/31/1999"}), DateOrder::ambiguous);
  EXPECT_EQ(decide({"red", "blue"}), DateOrder::unknown);
  EXPECT_EQ(decide({}), DateOrder::unknown);
}

TEST(DateOrderTest, AFewContradictionsAreMistakes) {
  EXPECT_EQ(decide({"31/05/1999", "05/31/1999"}, {99, 1}), DateOrder::day_first);
  EXPECT_EQ(decide({"31/05/1999", "05/31/1999"}, {10, 1}), DateOrder::ambiguous);
}

TEST(DateOrderTest, DotsMeanDayFirst) {
  EXPECT_EQ(decide({"01.02.1999", "03.04.2001"}), DateOrder::day_first);
}

TEST(DateTest, EveryDateComesBackFromEverySpelling) {
  EXPECT_TRUE(rc::check([] {
    const Day day = *rc::gen::inRange(day_from_civil(1930, 1, 1), day_from_civil(2024, 12, 31));
    const std::string c = day_to_text(day);
    const std::string y = c.substr(0, 4), m = c.substr(4, 2), d = c.substr(6, 2);
    const std::string s = *rc::gen::element<std::string>("-", "/", ".", " ", "");
    RC_ASSERT(read(y + s + m + s + d, DateOrder::year_first) == c);
    RC_ASSERT(read(d + s + m + s + y, DateOrder::day_first) == c);
    RC_ASSERT(read(m + s + d + s + y, DateOrder::month_first) == c);
  }));
}

TEST(DateTest, AnyBytesAreReadOrRefused) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    const DateReading r = read_date(text, DateOrder::ambiguous, kNow);
    RC_ASSERT(r.canonical.empty() == (r.fault != DateFault::none));
    for (const std::string& c : r.canonical) RC_ASSERT(interval_from_canonical(c).has_value());
  }));
}

TEST(IntervalTest, ReadsTheCanonicalForms) {
  EXPECT_EQ(interval_from_canonical("200002")->last, day_from_civil(2000, 2, 29));
  EXPECT_EQ(interval_from_canonical("1999")->first, day_from_civil(1999, 1, 1));
  EXPECT_EQ(interval_from_canonical("19990101/20001231")->last, day_from_civil(2000, 12, 31));
  for (const char* text :
       {"", "199", "19990231", "20001231/19990101", "1999-01", "abcd", "1/2/3"}) {
    EXPECT_FALSE(interval_from_canonical(text).has_value()) << text;
  }
}

std::string age(std::string_view text) {
  const auto a = read_age(text);
  if (!a) return "none";
  return std::to_string(a->low).substr(0, 4) + "-" + std::to_string(a->high).substr(0, 4);
}

TEST(AgeTest, ReadsWhatPeopleWrite) {
  for (const char* text : {"14", "14 years", "14 ans", "14 años", "14 лет", "14 y/o", "14 سنة",
                           "14.5", "aged 14", "14yo", "١٤"}) {
    EXPECT_EQ(age(text), "14.0-14.0") << text;
  }
  for (const char* text : {"about 14", "~14", "environ 14 ans", "около 14", "c. 14"}) {
    EXPECT_EQ(age(text), "12.0-16.0") << text;
  }
  EXPECT_EQ(age("13-15"), "13.0-15.0");
  EXPECT_EQ(age("13 to 15 years"), "13.0-15.0");
  EXPECT_EQ(age("<18"), "0.00-17.0");
  EXPECT_EQ(age("under 18"), "0.00-17.0");
  EXPECT_EQ(age("6 months"), "0.50-0.50");
  EXPECT_EQ(age("18+").substr(0, 5), "18.0-");
}

TEST(AgeTest, RefusesWhatIsNoAge) {
  for (const char* text : {"", "child", "150", "15-13", "1 2 3", "-5", "1999-05-31", "abc 14"}) {
    EXPECT_EQ(age(text), "none") << text;
  }
}

TEST(AgeTest, GivesTheBirthDatesThatItAllows) {
  const Day on = day_from_civil(2020, 6, 15);
  const DayInterval born = birth_interval({14, 14}, on);
  EXPECT_EQ(day_to_text(born.first), "20050616");
  EXPECT_EQ(day_to_text(born.last), "20060615");
  const DayInterval baby = birth_interval(*read_age("6 months"), on);
  EXPECT_EQ(day_to_text(baby.first), "20191116");
  EXPECT_EQ(day_to_text(baby.last), "20191215");
}

// Counts birthdays one by one, as a clerk would.
int completed_years(Day born, Day on) {
  const int b = std::stoi(day_to_text(born)), o = std::stoi(day_to_text(on));
  return (o - b) / 10000;
}

TEST(AgeTest, TheIntervalHoldsExactlyTheDatesOfThatAge) {
  EXPECT_TRUE(rc::check([] {
    const Day on = *rc::gen::inRange(day_from_civil(1990, 1, 1), day_from_civil(2025, 1, 1));
    const int low = *rc::gen::inRange(0, 20);
    const int high = low + *rc::gen::inRange(0, 4);
    const DayInterval born = birth_interval({double(low), double(high)}, on);
    const auto fits = [&](Day d) {
      const int years = completed_years(d, on);
      return years >= low && years <= high;
    };
    RC_ASSERT(fits(born.first) && fits(born.last));
    // A birthday on 29 February may move the edge by a day.
    RC_ASSERT(!fits(born.first - 2) && (low == 0 || !fits(born.last + 2)));
  }));
}

}  // namespace
}  // namespace clew::model
