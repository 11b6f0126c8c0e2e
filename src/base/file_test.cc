#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace clew {
namespace {

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = (std::filesystem::temp_directory_path() / "clew-file-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string in_folder(const std::string& name) const { return folder_ + "/" + name; }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

  std::string folder_;
};

unsigned mode_of(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

TEST_F(FileTest, AppearsWholeAndPrivateOnCommit) {
  OutputFile file = OutputFile::create(in_folder("a.csv")).value();
  const std::string large(300000, 'x');
  ASSERT_TRUE(file.write("begin ").has_value());
  ASSERT_TRUE(file.write(large).has_value());
  EXPECT_FALSE(std::filesystem::exists(in_folder("a.csv")));
  ASSERT_TRUE(file.commit().has_value());
  EXPECT_EQ(read_file(in_folder("a.csv"), 1U << 20).value(), "begin " + large);
  EXPECT_EQ(mode_of(in_folder("a.csv")), 0600U);
  EXPECT_EQ(files(), 1U);
}

TEST_F(FileTest, LeavesNothingBehindWithoutCommit) {
  {
    OutputFile file = OutputFile::create(in_folder("a.csv")).value();
    ASSERT_TRUE(file.write("half").has_value());
    EXPECT_EQ(files(), 1U);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(FileTest, ReplacesTheOlderFileOnlyOnCommit) {
  OutputFile first = OutputFile::create(in_folder("a.csv")).value();
  ASSERT_TRUE(first.write("old").has_value());
  ASSERT_TRUE(first.commit().has_value());
  OutputFile second = OutputFile::create(in_folder("a.csv")).value();
  ASSERT_TRUE(second.write("new").has_value());
  EXPECT_EQ(read_file(in_folder("a.csv"), 10).value(), "old");
  ASSERT_TRUE(second.commit().has_value());
  EXPECT_EQ(read_file(in_folder("a.csv"), 10).value(), "new");
}

TEST_F(FileTest, MovedFileCommitsOnce) {
  OutputFile first = OutputFile::create(in_folder("a.csv")).value();
  ASSERT_TRUE(first.write("one").has_value());
  OutputFile second = std::move(first);
  second = OutputFile::create(in_folder("b.csv")).value();  // drops a.csv
  ASSERT_TRUE(second.commit().has_value());
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(read_file(in_folder("b.csv"), 10).value(), "");
}

TEST_F(FileTest, MissingFolderIsNamed) {
  const auto file = OutputFile::create(in_folder("none/a.csv"));
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::not_found);
  EXPECT_NE(file.error().message.find("none/a.csv"), std::string::npos);
}

TEST_F(FileTest, FolderIsNoFile) {
  EXPECT_EQ(OutputFile::create(folder_).error().code, ErrorCode::invalid_input);
}

TEST_F(FileTest, ReadOnlyFolderIsRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may write to a read-only folder";
  ASSERT_EQ(::chmod(folder_.c_str(), 0500), 0);
  EXPECT_EQ(OutputFile::create(in_folder("a.csv")).error().code, ErrorCode::permission_denied);
  ASSERT_EQ(::chmod(folder_.c_str(), 0700), 0);
}

// A file size limit stands for the full disk: it makes write() fail half-way, on any file system.
TEST_F(FileTest, FailedWriteIsReportedAndLeavesNothing) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{100000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  {
    OutputFile file = OutputFile::create(in_folder("a.csv")).value();
    const auto written = file.write(std::string(400000, 'x'));
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, ErrorCode::unavailable);
    EXPECT_NE(written.error().message.find("a.csv"), std::string::npos);
    EXPECT_FALSE(file.write("more").has_value());
    EXPECT_FALSE(file.commit().has_value());
  }
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(files(), 0U);
}

TEST_F(FileTest, PrivateFolderIsMadeWithItsParents) {
  const std::string deep = in_folder("x/y/z");
  ASSERT_TRUE(make_private_folder(deep).has_value());
  EXPECT_EQ(mode_of(deep), 0700U);
  EXPECT_EQ(mode_of(in_folder("x")), 0700U);
  EXPECT_TRUE(make_private_folder(deep + "/").has_value());
  EXPECT_FALSE(make_private_folder("").has_value());
}

TEST_F(FileTest, FileInTheWayOfAFolderIsAnError) {
  OutputFile file = OutputFile::create(in_folder("x")).value();
  ASSERT_TRUE(file.commit().has_value());
  EXPECT_EQ(make_private_folder(in_folder("x")).error().code, ErrorCode::invalid_input);
  EXPECT_FALSE(make_private_folder(in_folder("x/y")).has_value());
}

TEST_F(FileTest, ReadFileNamesWhatIsWrong) {
  EXPECT_EQ(read_file(in_folder("none"), 10).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_file(folder_, 10).error().code, ErrorCode::invalid_input);
  OutputFile file = OutputFile::create(in_folder("x")).value();
  ASSERT_TRUE(file.write("12345678901").has_value());
  ASSERT_TRUE(file.commit().has_value());
  EXPECT_EQ(read_file(in_folder("x"), 10).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(read_file(in_folder("x"), 11).value(), "12345678901");
}

}  // namespace
}  // namespace clew
