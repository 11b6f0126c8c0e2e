#include "model/placeholder.h"

#include <gtest/gtest.h>

#include "model/date.h"

namespace clew::model {
namespace {

bool is_placeholder(std::string_view folded, ValueKind kind, double share = 0) {
  return !placeholder_reason(folded, kind, share).empty();
}

TEST(PlaceholderTest, KnowsWordsThatMeanUnknown) {
  for (const char* text :
       {"unknown", "n/a", "-", "?", ".", "...", "inconnu", "desconocido", "неизвестно", "مجهول",
        "not known", "no name", "xxx", "sans nom", "???"}) {
    for (const ValueKind kind : {ValueKind::text, ValueKind::name, ValueKind::date,
                                 ValueKind::identifier, ValueKind::email}) {
      EXPECT_TRUE(is_placeholder(text, kind)) << text;
    }
  }
  for (const char* text : {"na", "none", "null", "nil", "test"}) {
    EXPECT_TRUE(is_placeholder(text, ValueKind::text)) << text;
  }
}

TEST(PlaceholderTest, ARareNameIsNotTakenForAWord) {
  EXPECT_FALSE(is_placeholder("na", ValueKind::name, 0.0001));
  EXPECT_FALSE(is_placeholder("null", ValueKind::name, 0.0001));
  EXPECT_TRUE(is_placeholder("na", ValueKind::name, 0.05));
}

TEST(PlaceholderTest, AFrequentNameOrPlaceStays) {
  for (const char* text : {"john", "mohammed", "smith", "london", "محمد", "мария"}) {
    EXPECT_FALSE(is_placeholder(text, ValueKind::name, 0.4)) << text;
    EXPECT_FALSE(is_placeholder(text, ValueKind::text, 0.4)) << text;
  }
}

TEST(PlaceholderTest, KnowsIdentifiersByShape) {
  for (const char* text : {"000000000", "99999", "11111111", "123456789", "987654321"}) {
    EXPECT_TRUE(is_placeholder(text, ValueKind::identifier)) << text;
  }
  for (const char* text : {"6089216", "ls8 9gb", "+33612345678", "1111", "123456"}) {
    EXPECT_FALSE(is_placeholder(text, ValueKind::identifier)) << text;
  }
}

TEST(PlaceholderTest, KnowsDatesThatAreNone) {
  for (const char* text :
       {"9999-99-99", "0000-00-00", "00/00/0000", "99/99/9999", "9999-12-31", "0001-01-01"}) {
    EXPECT_TRUE(is_placeholder(text, ValueKind::date)) << text;
  }
  EXPECT_FALSE(is_placeholder("1999-09-09", ValueKind::date));
  EXPECT_FALSE(is_placeholder("1900-01-01", ValueKind::date));
}

TEST(PlaceholderTest, ADummyHasAShape) {
  for (const char* text :
       {"1212121212", "123123123", "0123456789", "0600000000", "3311111111", "33123456789"}) {
    EXPECT_TRUE(is_dummy_shape(text)) << text;
  }
  for (const char* text : {"0612849375", "6089216", "ab12", "1234"}) {
    EXPECT_FALSE(is_dummy_shape(text)) << text;
  }
  EXPECT_TRUE(is_dummy_email("noemail@shelter.org"));
  EXPECT_TRUE(is_dummy_email("jane@example.com"));
  EXPECT_FALSE(is_dummy_email("evied56@harris-bailey.net"));
}

TEST(PlaceholderTest, ADummyIsFarMoreFrequentThanTheRest) {
  std::vector<std::uint32_t> counts(10000, 2);
  EXPECT_EQ(dummy_count_min(counts), 50U);
  counts.assign(10000, 30);
  EXPECT_EQ(dummy_count_min(counts), 600U);
  EXPECT_EQ(dummy_count_min({3, 4000}), 60U);
  EXPECT_EQ(dummy_count_min({}), 50U);
}

TEST(PlaceholderTest, SeesAnExcessOfTheFirstOfJanuary) {
  DayCounts days;
  for (Day day = day_from_civil(1999, 1, 1); day <= day_from_civil(1999, 12, 31); ++day) {
    days.add(day_to_text(day), 10);
  }
  EXPECT_EQ(days.january_excess(), 0);
  days.add("20010101", 90);
  EXPECT_NEAR(days.january_excess(), 10, 1e-9);
}

TEST(PlaceholderTest, FewRecordsShowNoExcess) {
  DayCounts days;
  days.add("20010101", 20);
  EXPECT_EQ(days.january_excess(), 0);
  days.add("20010101", 1);
  EXPECT_GT(days.january_excess(), 5);
}

}  // namespace
}  // namespace clew::model
