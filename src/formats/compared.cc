#include "formats/compared.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <cstring>
#include <memory>
#include <type_traits>

#include "base/file.h"
#include "base/rng.h"

namespace clew::formats {
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

constexpr std::string_view kKind = "clew compared ";
constexpr std::string_view kMagic = "clew compared 1\n";

// Writes numbers, texts and arrays; the reader below is its mirror. After a failure nothing more is
// written and outcome() says what happened. Every piece goes into the checksum.
class Writer {
 public:
  explicit Writer(OutputFile file) : file_(std::move(file)) { piece(kMagic); }

  template <typename T>
  void number(const T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    std::array<char, sizeof(T)> bytes{};
    std::memcpy(bytes.data(), &value, sizeof(T));
    piece({bytes.data(), bytes.size()});
  }

  void text(std::string_view value) {
    number(std::uint64_t{value.size()});
    piece(value);
  }

  template <typename T>
  void array(const std::vector<T>& values) {
    static_assert(std::is_arithmetic_v<T>);
    number(std::uint64_t{values.size()});
    piece({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
  }

  // A member of each element, as an array.
  template <typename T, typename Member>
  void column(const std::vector<T>& values, Member T::* member) {
    if constexpr (std::is_enum_v<Member>) {
      std::vector<std::uint8_t> one(values.size());
      for (std::size_t i = 0; i < one.size(); ++i) {
        one[i] = static_cast<std::uint8_t>(values[i].*member);
      }
      array(one);
    } else {
      std::vector<Member> one(values.size());
      for (std::size_t i = 0; i < one.size(); ++i) one[i] = values[i].*member;
      array(one);
    }
  }

  void dictionary(const table::Dictionary& values) {
    std::vector<std::uint32_t> lengths(values.size() - 1);
    for (std::uint32_t id = 1; id < values.size(); ++id) {
      lengths[id - 1] = static_cast<std::uint32_t>(values[id].size());
    }
    array(lengths);
    text(values.bytes());
  }

  template <typename T, typename Each>
  void list(const std::vector<T>& values, Each each) {
    number(std::uint64_t{values.size()});
    for (const T& value : values) each(*this, value);
  }

  Result<void> finish() {
    number(std::uint64_t{checksum_});
    if (!outcome_) return outcome_;
    return file_.commit();
  }

 private:
  void piece(std::string_view bytes) {
    if (!outcome_ || bytes.empty()) return;
    checksum_ = hash_bytes(bytes, checksum_);
    outcome_ = file_.write(bytes);
  }

  OutputFile file_;
  Result<void> outcome_;
  std::uint64_t checksum_ = 0;
};

// Reads what Writer wrote. After the first piece that does not fit, ok() is false and every later
// value is empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) { piece(kMagic.size()); }

  bool ok() const { return ok_; }

  template <typename T>
  void number(T& value) {
    const std::string_view bytes = piece(sizeof(T));
    if (ok_) std::copy_n(bytes.begin(), sizeof(T), reinterpret_cast<char*>(&value));
  }

  void text(std::string& value) { value = std::string(view()); }

  template <typename T>
  void array(std::vector<T>& values) {
    const std::uint64_t count = count_of(sizeof(T));
    const std::string_view bytes = piece(count * sizeof(T));
    if (!ok_) return;
    values.resize(count);
    if (!bytes.empty())
      std::copy_n(bytes.begin(), bytes.size(), reinterpret_cast<char*>(values.data()));
  }

  template <typename T, typename Member>
  void column(std::vector<T>& values, Member T::* member) {
    std::vector<std::conditional_t<std::is_enum_v<Member>, std::uint8_t, Member>> one;
    array(one);
    if (values.empty()) values.resize(one.size());
    ok_ = ok_ && values.size() == one.size();
    for (std::size_t i = 0; ok_ && i < one.size(); ++i) {
      values[i].*member = static_cast<Member>(one[i]);
    }
  }

  void dictionary(table::Dictionary& values) {
    std::vector<std::uint32_t> lengths;
    array(lengths);
    std::string_view rest = view();
    std::vector<std::string_view> texts;
    for (const std::uint32_t length : lengths) {
      ok_ = ok_ && length > 0 && length <= rest.size();
      if (!ok_) return;
      texts.push_back(rest.substr(0, length));
      rest.remove_prefix(length);
    }
    std::vector<std::uint32_t> ids;
    values.intern_all(texts, 1, ids);
    // A text that stands there twice would move all ids behind it.
    ok_ = ok_ && rest.empty() && values.size() == lengths.size() + 1;
  }

  template <typename T, typename Each>
  void list(std::vector<T>& values, Each each) {
    const std::uint64_t count = count_of(1);
    values.clear();
    for (std::uint64_t i = 0; ok_ && i < count; ++i) each(*this, values.emplace_back());
  }

  // Whether the checksum is right and nothing follows it.
  bool finish() {
    const std::uint64_t expected = checksum_;
    std::uint64_t found = 0;
    number(found);
    return ok_ && left_.empty() && found == expected;
  }

 private:
  std::string_view piece(std::uint64_t size) {
    ok_ = ok_ && size <= left_.size();
    if (!ok_ || size == 0) return {};
    const std::string_view bytes = left_.substr(0, size);
    left_.remove_prefix(size);
    checksum_ = hash_bytes(bytes, checksum_);
    return bytes;
  }

  std::string_view view() { return piece(count_of(1)); }

  // A count of things that take at least `size` bytes each; 0 when they cannot all be there.
  std::uint64_t count_of(std::size_t size) {
    std::uint64_t count = 0;
    number(count);
    ok_ = ok_ && count <= left_.size() / size;
    return ok_ ? count : 0;
  }

  std::string_view left_;
  bool ok_ = true;
  std::uint64_t checksum_ = 0;
};

// One description of the format for both directions: `archive` is a Writer and the rest const, or a
// Reader and the rest not.
constexpr auto kText = [](auto& archive, auto& text) { archive.text(text); };
constexpr auto kArray = [](auto& archive, auto& values) { archive.array(values); };

constexpr auto kField = [](auto& archive, auto& field) {
  archive.text(field.spec.name);
  archive.number(field.spec.role);
  archive.number(field.spec.comparison);
  archive.array(field.spec.thresholds);
  archive.number(field.spec.household);
  archive.number(field.spec.frequency);
  archive.dictionary(field.values);
  archive.list(field.keys, kText);
  archive.array(field.parts_of);
  archive.list(field.part_lists, kArray);
  archive.array(field.of_record);
};

constexpr auto kRecords = [](auto& archive, auto& records) {
  archive.list(records.fields, kField);
  archive.array(records.source);
  archive.list(records.sources, kText);
  archive.dictionary(records.ids);
  archive.array(records.id);
  archive.array(records.source_is_unique);
  archive.number(records.has_ids);
  archive.array(records.truth);
  archive.dictionary(records.truth_labels);
};

constexpr auto kBlocking = [](auto& archive, auto& blocking) {
  archive.list(blocking.rules, [](auto& a, auto& rule) {
    a.text(rule.rule);
    a.number(rule.pairs);
    a.number(rule.blocks);
    a.number(rule.records_in_hubs);
    a.number(rule.largest_block);
  });
  archive.list(blocking.hubs, [](auto& a, auto& hub) {
    a.text(hub.rule);
    a.number(hub.records);
    a.number(hub.pairs_not_compared);
    a.number(hub.matches_lost);
  });
  archive.number(blocking.block_max);
  archive.number(blocking.pairs_compared);
  archive.number(blocking.pairs_possible);
  archive.number(blocking.matches_expected);
  archive.number(blocking.matches_lost);
};

constexpr auto kOutcome = [](auto& archive, auto& outcome) {
  archive.array(outcome.entity);
  archive.column(outcome.edges, &link::Edge::a);
  archive.column(outcome.edges, &link::Edge::b);
  archive.column(outcome.edges, &link::Edge::bits);
  archive.column(outcome.edges, &link::Edge::decision);
  archive.column(outcome.merges, &link::Merge::a);
  archive.column(outcome.merges, &link::Merge::b);
  archive.column(outcome.merges, &link::Merge::bits);
  kBlocking(archive, outcome.blocking);
  archive.number(outcome.estimates.wrong_share);
  archive.number(outcome.estimates.missed_share);
  archive.number(outcome.estimates.pairs_inside);
  archive.number(outcome.estimates.threshold_bits);
  archive.column(outcome.scores, &link::CalibrationBin::low);
  archive.column(outcome.scores, &link::CalibrationBin::high);
  archive.column(outcome.scores, &link::CalibrationBin::pairs);
  archive.list(outcome.warnings, kText);
};

constexpr auto kProvenance = [](auto& archive, auto& provenance) {
  archive.list(provenance.files, kText);
  archive.text(provenance.id_column);
  archive.text(provenance.source_column);
  archive.text(provenance.truth_column);
};

template <typename T>
bool all_below(const std::vector<T>& values, std::size_t end) {
  return std::all_of(values.begin(), values.end(), [&](T value) { return value < end; });
}

bool fits(const link::Field& field, std::size_t records) {
  const std::size_t values = field.values.size();
  const auto are_values = [&](const auto& parts) { return all_below(parts, values); };
  return field.spec.role <= link::Role::longitude &&
         field.spec.comparison <= link::Comparison::point && field.of_record.size() == records &&
         all_below(field.of_record, values) &&
         (field.keys.empty() || field.keys.size() == values) &&
         (field.parts_of.empty() || field.parts_of.size() == values) &&
         all_below(field.parts_of, field.part_lists.size()) && !field.part_lists.empty() &&
         std::all_of(field.part_lists.begin(), field.part_lists.end(), are_values);
}

// Whether every number that stands for a record, a value or a source names one.
bool fits(const Compared& compared) {
  const link::Records& records = compared.records;
  const link::Outcome& outcome = compared.outcome;
  const std::size_t count = records.id.size();
  const auto field_fits = [&](const link::Field& field) { return fits(field, count); };
  const auto edge_fits = [&](const link::Edge& edge) {
    return edge.a < edge.b && edge.b < count && edge.decision <= link::Decision::apart;
  };
  const auto ascending = [](const link::Edge& left, const link::Edge& right) {
    return left.a != right.a ? left.a < right.a : left.b < right.b;
  };
  if (outcome.entity.size() != count || !all_below(outcome.entity, count)) return false;
  for (std::uint32_t r = 0; r < count; ++r) {
    if (outcome.entity[r] > r || outcome.entity[outcome.entity[r]] != outcome.entity[r]) {
      return false;
    }
  }
  return std::all_of(records.fields.begin(), records.fields.end(), field_fits) &&
         records.source.size() == count && all_below(records.source, records.sources.size()) &&
         records.source_is_unique.size() == records.sources.size() &&
         all_below(records.id, records.ids.size()) &&
         (records.truth.empty() || records.truth.size() == count) &&
         all_below(records.truth, records.truth_labels.size()) &&
         std::all_of(outcome.edges.begin(), outcome.edges.end(), edge_fits) &&
         std::is_sorted(outcome.edges.begin(), outcome.edges.end(), ascending) &&
         std::all_of(outcome.merges.begin(), outcome.merges.end(),
                     [&](const link::Merge& m) { return m.a < count && m.b < count; });
}

}  // namespace

Result<void> write_compared(const std::string& path, const link::Records& records,
                            const link::Outcome& outcome, const Provenance& provenance) {
  Writer writer(TRY(OutputFile::create(path)));
  kProvenance(writer, provenance);
  kRecords(writer, records);
  kOutcome(writer, outcome);
  return writer.finish();
}

Result<Compared> parse_compared(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) {
    return fail(ErrorCode::corrupt, bytes.starts_with(kKind)
                                        ? "written by another version of clew; link again"
                                        : "not what clew link writes");
  }
  Compared compared;
  Reader reader(bytes);
  kProvenance(reader, compared.provenance);
  kRecords(reader, compared.records);
  kOutcome(reader, compared.outcome);
  if (!reader.finish() || !fits(compared)) {
    return fail(ErrorCode::corrupt, "damaged; link again");
  }
  return compared;
}

bool is_compared(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  std::array<char, kKind.size()> start{};
  return file != nullptr && std::fread(start.data(), 1, start.size(), file.get()) == start.size() &&
         std::string_view(start.data(), start.size()) == kKind;
}

}  // namespace clew::formats
