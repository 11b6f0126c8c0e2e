// Tests of the words of the progress line.
#include "cli/progress.h"

#include <gtest/gtest.h>

namespace clew::cli {
namespace {

TEST(ProgressTest, AStageWithoutNumbersIsItsName) {
  EXPECT_EQ(progress_words("clustering", 0, 0, 3), "clustering");
}

TEST(ProgressTest, TellsRateAndRemainingTime) {
  EXPECT_EQ(progress_words("comparing", 2000, 10000, 2),
            "comparing 2,000 of 10,000, 1,000/s, 8 s left");
  EXPECT_EQ(progress_words("comparing", 10, 10000, 10),
            "comparing 10 of 10,000, 1/s, 167 min left");
}

TEST(ProgressTest, BytesAreToldAsMegabytes) {
  EXPECT_EQ(progress_words("reading", 1500000, 96000000, 0.1), "reading 1.5 MB of 96.0 MB");
}

TEST(ProgressTest, ARateTooEarlyWouldBeAGuess) {
  EXPECT_EQ(progress_words("comparing", 5, 10, 0.1), "comparing 5 of 10");
}

TEST(ProgressTest, WithoutATotalNothingIsSaidOfTheRest) {
  EXPECT_EQ(progress_words("blocking", 5000, 0, 1), "blocking 5,000, 5,000/s");
}

}  // namespace
}  // namespace clew::cli
