#include "table/read.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "table/test_tables.h"

namespace clew::table {
namespace {

using std::string_view_literals::operator""sv;

// "id,name\n1,Ann\n" and "2,Ben\n" as two gzip members and as two Zstandard frames.
constexpr std::string_view kGzip =
    "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\xCB\x4C\xD1\xC9\x4B\xCC\x4D\xE5\x32\xD4\x71"
    "\xCC\xCB\xE3\x02\x00\x45\x0A\xCC\x3C\x0E\x00\x00\x00\x1F\x8B\x08\x00\x00\x00\x00\x00"
    "\x02\x03\x33\xD2\x71\x4A\xCD\xE3\x02\x00\x4A\xF3\xEB\x98\x06\x00\x00\x00"sv;
constexpr std::string_view kZstd =
    "\x28\xB5\x2F\xFD\x04\x58\x71\x00\x00\x69\x64\x2C\x6E\x61\x6D\x65\x0A\x31\x2C\x41\x6E"
    "\x6E\x0A\x05\xF5\x0A\x4E\x28\xB5\x2F\xFD\x04\x58\x31\x00\x00\x32\x2C\x42\x65\x6E\x0A"
    "\x3A\x01\xA0\x40"sv;
constexpr std::string_view kCells = "[id][name]\n[1][Ann]\n[2][Ben]\n";

class ReadTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = (std::filesystem::temp_directory_path() / "clew-read-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, std::string_view bytes) const {
    const std::string path = folder_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static Result<std::vector<Table>> read(const std::vector<std::string>& paths) {
    return read_tables(paths, {}, {});
  }
  static Error error(const std::vector<std::string>& paths) {
    const auto tables = read(paths);
    return tables ? Error{ErrorCode::internal, "no error"} : tables.error();
  }

  std::string folder_;
};

TEST_F(ReadTest, ArchivesAreKnownByTheirBytes) {
  const auto tables = read({file("a.csv", kGzip), file("b", kZstd)}).value();
  EXPECT_EQ(cells_of(tables[0]), kCells);
  EXPECT_EQ(tables[0].format, "CSV, comma, UTF-8, gzip");
  EXPECT_EQ(cells_of(tables[1]), kCells);
  EXPECT_EQ(tables[1].format, "CSV, comma, UTF-8, zstd");
}

TEST_F(ReadTest, PaddedGzipIsWhole) {
  EXPECT_EQ(cells_of(table_of(std::string(kGzip) + std::string(600, '\0')).value()), kCells);
}

// Cut at every byte: an error, or a whole number of members.
TEST_F(ReadTest, CutArchivesAreErrors) {
  constexpr std::size_t kFirstMember = 34;
  for (std::size_t size = 2; size < kGzip.size(); ++size) {
    if (size == kFirstMember) continue;
    const Result<Table> table = table_of(kGzip.substr(0, size));
    ASSERT_FALSE(table.has_value()) << size;
    EXPECT_NE(table.error().message.find("cut short"), std::string::npos) << size;
  }
  std::size_t whole = 0;
  for (std::size_t size = 4; size < kZstd.size(); ++size) {
    whole += table_of(kZstd.substr(0, size)).has_value() ? 1U : 0U;
  }
  EXPECT_EQ(whole, 1U);
}

TEST_F(ReadTest, DamagedArchivesAreErrors) {
  for (const std::string_view archive : {kGzip, kZstd}) {
    std::string bytes(archive);
    for (std::size_t i = bytes.size() - 8; i < bytes.size(); ++i) bytes[i] = '\x55';
    EXPECT_FALSE(table_of(bytes).has_value());
    EXPECT_FALSE(table_of(std::string(archive) + "more").has_value());
  }
}

TEST_F(ReadTest, BombsStopAtTheLimit) {
  EXPECT_FALSE(table_of(kGzip, 100, {.bytes_max = 10}).has_value());
}

TEST_F(ReadTest, SourcesAreNamedAfterFiles) {
  const std::string text = "a,b\n1,2\n";
  const auto tables =
      read({file("x/people.csv", text), file("y/people.csv.gz", text), file("people_2.json", text),
            file("z.tar.txt", text), file(".csv", text)})
          .value();
  EXPECT_EQ(tables[0].source, "people");
  EXPECT_EQ(tables[1].source, "people_2");
  EXPECT_EQ(tables[2].source, "people_2_2");
  EXPECT_EQ(tables[3].source, "z.tar");
  EXPECT_EQ(tables[4].source, ".csv");
  EXPECT_EQ(source_name("-"), "stdin");
}

TEST_F(ReadTest, ErrorsNameTheFile) {
  const std::string none = folder_ + "/none.csv";
  EXPECT_EQ(error({none}).code, ErrorCode::not_found);
  EXPECT_EQ(error({none}).message, none + ": no such file");
  EXPECT_EQ(error({folder_}).code, ErrorCode::invalid_input);
  EXPECT_EQ(error({folder_}).message, folder_ + ": this is a folder, not a file");
  const std::string empty = file("empty.csv", "");
  EXPECT_EQ(error({empty}).message, empty + ": the file is empty");
  const std::string header = file("header.csv", "a,b\n");
  EXPECT_EQ(error({header}).message, header + ": a header but no rows");
  EXPECT_EQ(error({"-", "-"}).code, ErrorCode::invalid_input);
}

TEST_F(ReadTest, FileWithoutPermissionIsRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may read every file";
  const std::string path = file("a.csv", "a,b\n1,2\n");
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  EXPECT_EQ(error({path}).code, ErrorCode::permission_denied);
}

TEST_F(ReadTest, BinaryFilesAreRefusedWithAWord) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"PK\x03\x04\x14\0\x06\0........[Content_Types].xml"sv, "Excel workbook"},
      {"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"},
      {"PK\x03\x04....people.csv", "zip archive"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Excel workbook"},
      {"%PDF-1.7\n", "PDF"},
      {"PAR1\x15\x04", "Parquet"},
      {"SQLite format 3\0\x10"sv, "SQLite"},
      {"BZh91AY&SY", "bzip2"},
      {"\xFD\x37zXZ\0"sv, "xz archive"}};
  for (const auto& [bytes, words] : cases) {
    const Result<Table> table = table_of(bytes);
    ASSERT_FALSE(table.has_value()) << words;
    EXPECT_NE(table.error().message.find(words), std::string::npos) << table.error().message;
  }
  EXPECT_TRUE(table_of("BZh,b\n1,2\n").has_value());
}

TEST_F(ReadTest, TellsHowFarItIs) {
  const std::string path = file("a.csv", "a,b\n1,2\n");
  std::uint64_t last = 0, whole = 0;
  const Progress progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(stage, "reading");
    EXPECT_GE(done, last);
    last = done;
    whole = total;
  };
  ASSERT_TRUE(read_tables(std::vector{path, path}, {}, progress).has_value());
  EXPECT_EQ(last, 16U);
  EXPECT_EQ(whole, 16U);
}

}  // namespace
}  // namespace clew::table
