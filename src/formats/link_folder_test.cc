// Tests of the folder of a result: what is written, what is read back, what is refused.
#include "formats/link_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "formats/compared.h"
#include "formats/link_tables.h"
#include "formats/test_results.h"

namespace clew::formats {
namespace {

class LinkFolderTest : public testing::Test {
 protected:
  LinkFolderTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "clew-test-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~LinkFolderTest() override { std::filesystem::remove_all(root_); }

  std::string path(const std::string& name) const { return root_ + "/" + name; }
  static std::string content(const std::string& path) {
    return read_file(path, 1U << 20).value_or("(no such file)");
  }
  static Result<void> fill(LinkFolderWriter* writer) {
    const link::Records records = test_records();
    const link::Outcome outcome = test_outcome();
    TRY(writer->add_entities(records, outcome, entity_ids(records, outcome.entity)));
    TRY(writer->add_compared(records, outcome, test_provenance()));
    return writer->add_text("summary.json", "{}\n");
  }

  std::string root_;
};

// Everything that the format holds, in one text, so that two results are easy to compare.
std::string as_bytes(const std::string& path, const Compared& compared) {
  EXPECT_TRUE(
      write_compared(path, compared.records, compared.outcome, compared.provenance).has_value());
  return *read_file(path, 1U << 20);
}

TEST_F(LinkFolderTest, ComparedReadsBackAsItWasWritten) {
  Compared written{test_records(), test_outcome(), test_provenance()};
  const std::string bytes = as_bytes(path("a"), written);
  const auto read = parse_compared(bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(as_bytes(path("b"), *read), bytes);
  const link::Field& field = read->records.fields.at(0);
  EXPECT_EQ(field.spec.name, "phone");
  EXPECT_EQ(field.spec.comparison, link::Comparison::edits);
  EXPECT_EQ(field.values[3], written.records.fields[0].values[3]);
  EXPECT_EQ(*field.parts(3), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(field.key(2), "k\xC3\xA9y");
  EXPECT_EQ(read->records.ids.find("c,d"), 3U);
  EXPECT_EQ(read->records.truth_labels[2], "Y");
  EXPECT_EQ(read->outcome.edges.at(3).decision, link::Decision::review);
  EXPECT_EQ(read->outcome.merges.at(1).bits, 1.0 / 3);
  EXPECT_EQ(read->outcome.blocking.hubs.at(0).pairs_not_compared, 12345678901ULL);
  EXPECT_EQ(read->provenance.files.at(1), "-");
}

TEST_F(LinkFolderTest, ComparedRefusesEveryCutAndEveryChangedByte) {
  const std::string bytes =
      as_bytes(path("a"), {test_records(), test_outcome(), test_provenance()});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_compared(bytes.substr(0, size)).has_value()) << size;
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int bit : {1, 128}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      const auto read = parse_compared(changed);
      ASSERT_FALSE(read.has_value()) << at;
      EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    }
  }
  EXPECT_FALSE(parse_compared(bytes + "x").has_value());
}

TEST_F(LinkFolderTest, ComparedRefusesNumbersThatNameNothing) {
  const auto refused = [&](auto spoil) {
    Compared compared{test_records(), test_outcome(), test_provenance()};
    spoil(&compared);
    return !parse_compared(as_bytes(path("a"), compared)).has_value();
  };
  EXPECT_FALSE(refused([](Compared*) {}));
  EXPECT_TRUE(refused([](Compared* c) { c->records.source[0] = 2; }));
  EXPECT_TRUE(refused([](Compared* c) { c->records.id[0] = 99; }));
  EXPECT_TRUE(refused([](Compared* c) { c->records.truth[0] = 3; }));
  EXPECT_TRUE(refused([](Compared* c) { c->records.fields[0].of_record[4] = 4; }));
  EXPECT_TRUE(refused([](Compared* c) { c->records.fields[0].parts_of[1] = 2; }));
  EXPECT_TRUE(refused([](Compared* c) { c->records.fields[0].part_lists[1] = {4}; }));
  EXPECT_TRUE(refused([](Compared* c) { c->outcome.entity[1] = 3; }));
  EXPECT_TRUE(refused([](Compared* c) { c->outcome.edges[3].b = 5; }));
  EXPECT_TRUE(refused([](Compared* c) { std::swap(c->outcome.edges[0], c->outcome.edges[1]); }));
  EXPECT_TRUE(refused([](Compared* c) { c->outcome.merges[0].b = 5; }));
}

TEST_F(LinkFolderTest, EntityIdsStandForTheSmallestRecord) {
  link::Records records = test_records();
  const auto ids = entity_ids(records, {0, 0, 2, 0, 4});
  EXPECT_EQ(ids[0].size(), 15U);
  EXPECT_EQ(ids[0].substr(0, 2), "E-");
  EXPECT_EQ(ids[1], "");
  // Record 1 ("a") is the smallest of the first three: without the others the id stays.
  EXPECT_EQ(entity_ids(records, {0, 1, 2, 3, 4})[1], ids[0]);
  EXPECT_NE(entity_ids(records, {0, 1, 2, 3, 4})[0], ids[0]);
  // The same id in another source is another record.
  const auto alone = entity_ids(records, {0, 1, 2, 3, 4});
  EXPECT_NE(alone[0], alone[3]);
}

TEST_F(LinkFolderTest, EntitiesNameEveryRecordOnce) {
  const link::Records records = test_records();
  const std::vector<std::uint32_t> entity = {0, 0, 2, 0, 4};
  ASSERT_TRUE(write_entities(path("e"), records, entity, {"E-1", "", "E-2", "", "E-3"}));
  EXPECT_EQ(content(path("e")),
            "source,record_id,entity_id,size\n"
            "\"hotline, north\",b,E-1,3\n"
            "\"hotline, north\",\"a \"\"x\"\"\",E-1,3\n"
            "\"hotline, north\",\"c,d\",E-2,1\n"
            "shelter,b,E-1,3\n"
            "shelter,\"line\nend\",E-3,1\n");
}

TEST_F(LinkFolderTest, LinksHoldLikelyPairsAndAllLinkedOnes) {
  const link::Records records = test_records();
  ASSERT_TRUE(write_links(path("l"), records, test_outcome().edges));
  EXPECT_EQ(content(path("l")),
            "source_a,record_a,source_b,record_b,probability,bits,decision\n"
            "\"hotline, north\",b,\"hotline, north\",\"a \"\"x\"\"\",0.999827,12.5,linked\n"
            "\"hotline, north\",b,shelter,b,0.003891,-8,linked\n"
            "\"hotline, north\",\"a \"\"x\"\"\",shelter,\"line\nend\",0.517322,0.1,review\n");
}

TEST_F(LinkFolderTest, ProbabilitiesHaveSixDigitsRoundedAsPrintfDoes) {
  const link::Records records = test_records();
  for (const double bits : {-6.0, -3.3, -0.001, 0.0, 1.7, 9.9, 19.0, 21.0, 60.0, 2000.0}) {
    ASSERT_TRUE(write_links(path("l"), records, {{0, 3, bits, link::Decision::linked}}));
    std::array<char, 16> expected{};
    std::snprintf(expected.data(), expected.size(), ",%.6f,", 1 / (1 + std::exp2(-bits)));
    EXPECT_NE(content(path("l")).find(expected.data()), std::string::npos) << bits;
  }
}

TEST_F(LinkFolderTest, ResultIsPrivateAndComplete) {
  {
    auto writer = LinkFolderWriter::open(path("result"));
    ASSERT_TRUE(writer.has_value());
    ASSERT_TRUE(fill(&*writer).has_value());
    EXPECT_FALSE(std::filesystem::exists(path("result/entities.csv")));
    ASSERT_TRUE(writer->finish().has_value());
  }
  struct stat status{};
  ASSERT_EQ(::stat(path("result").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
  ASSERT_EQ(::stat(path("result/compared.clew").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(path("result/.unfinished")));
  EXPECT_TRUE(read_compared(path("result")).has_value());
}

TEST_F(LinkFolderTest, AnUnfinishedResultLeavesNothing) {
  {
    auto writer = LinkFolderWriter::open(path("result"));
    ASSERT_TRUE(fill(&*writer).has_value());
  }
  EXPECT_FALSE(std::filesystem::exists(path("result")));
}

TEST_F(LinkFolderTest, TwoRunsDoNotWriteIntoOneFolder) {
  auto first = LinkFolderWriter::open(path("result"));
  ASSERT_TRUE(first.has_value());
  const auto second = LinkFolderWriter::open(path("result"));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

TEST_F(LinkFolderTest, AKilledRunIsClearedAway) {
  std::filesystem::create_directories(path("result/.unfinished"));
  std::ofstream(path("result/.unfinished/links.csv")) << "half";
  auto writer = LinkFolderWriter::open(path("result"));
  ASSERT_TRUE(writer.has_value());
  EXPECT_FALSE(std::filesystem::exists(path("result/.unfinished/links.csv")));
}

TEST_F(LinkFolderTest, AFolderWithoutSummaryHoldsNoResult) {
  auto writer = LinkFolderWriter::open(path("result"));
  ASSERT_TRUE(fill(&*writer).has_value());
  ASSERT_TRUE(writer->finish().has_value());
  std::filesystem::remove(path("result/summary.json"));
  const auto read = read_compared(path("result"));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::not_found);
}

TEST_F(LinkFolderTest, ForeignFilesAreNeverTouched) {
  std::filesystem::create_directories(path("mine"));
  std::ofstream(path("mine/summary.json")) << "mine";
  const auto writer = LinkFolderWriter::open(path("mine"));
  ASSERT_FALSE(writer.has_value());
  EXPECT_EQ(writer.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(content(path("mine/summary.json")), "mine");
}

}  // namespace
}  // namespace clew::formats
