#include "formats/link_tables.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/file.h"
#include "base/rng.h"
#include "formats/link_folder.h"
#include "table/write.h"

namespace clew::formats {
namespace {

constexpr std::size_t kFlushBytes = 128U << 10;
constexpr std::size_t kAhead = 8;  // edges whose records are fetched while earlier ones are written
constexpr std::size_t kEntityIdLetters = 13;

// A cell as it stands in the file; quotes only where they are needed (RFC 4180).
void append_cell(std::string& out, std::string_view text) {
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return c == ',' || c == '"' || c == '\n' || c == '\r' || c == ' ';
  });
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

template <typename Number>
void append_number(std::string& out, Number number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

// A probability with six digits behind the point.
void append_probability(std::string& out, double probability) {
  constexpr std::uint32_t kOne = 1000000;
  auto millionths = static_cast<std::uint32_t>(std::lround(probability * kOne));
  char digits[8] = {'0', '.', '0', '0', '0', '0', '0', '0'};
  if (millionths >= kOne) {
    digits[0] = '1';
    millionths = 0;
  }
  for (std::size_t i = 7; i > 1; --i) {
    digits[i] = static_cast<char>('0' + millionths % 10);
    millionths /= 10;
  }
  out.append(digits, sizeof digits);
}

std::string_view decision_name(link::Decision decision) {
  switch (decision) {
    case link::Decision::linked:
      return "linked";
    case link::Decision::review:
      return "review";
    case link::Decision::apart:
      break;
  }
  return "apart";
}

// The cell of each source with its comma, made once.
std::vector<std::string> source_cells(const link::Records& records) {
  std::vector<std::string> cells;
  for (const std::string& source : records.sources) {
    append_cell(cells.emplace_back(), source);
    cells.back() += ',';
  }
  return cells;
}

void append_record(std::string& out, const link::Records& records,
                   const std::vector<std::string>& sources, std::uint32_t record) {
  out += sources[records.source[record]];
  append_cell(out, records.ids[records.id[record]]);
  out += ',';
}

Result<void> flush_when_full(OutputFile& file, std::string& out) {
  if (out.size() < kFlushBytes) return {};
  TRY(file.write(out));
  out.clear();
  return {};
}

std::string letters_of(std::uint64_t hash) {
  // No i, l, o, u: they are mistaken for digits, or make words.
  constexpr std::string_view kLetters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string text = "E-";
  for (std::size_t i = 0; i < kEntityIdLetters; ++i) {
    text += kLetters[hash >> 59];
    hash <<= 5;
  }
  return text;
}

}  // namespace

std::vector<std::string> entity_ids(const link::Records& records,
                                    const std::vector<std::uint32_t>& entity) {
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    if (records.source[a] != records.source[b]) {
      return records.sources[records.source[a]] < records.sources[records.source[b]];
    }
    return records.ids[records.id[a]] < records.ids[records.id[b]];
  };
  std::vector<std::uint32_t> smallest(entity.size());
  for (std::uint32_t r = 0; r < entity.size(); ++r) {
    std::uint32_t& held = smallest[entity[r]];
    if (entity[r] == r || less(r, held)) held = r;
  }
  std::vector<std::string> ids(entity.size());
  for (std::uint32_t r = 0; r < entity.size(); ++r) {
    if (entity[r] != r) continue;
    const std::uint32_t first = smallest[r];
    const std::uint64_t source = hash_bytes(records.sources[records.source[first]]);
    ids[r] = letters_of(hash_bytes(records.ids[records.id[first]], source));
  }
  return ids;
}

Result<void> write_entities(const std::string& path, const link::Records& records,
                            const std::vector<std::uint32_t>& entity,
                            const std::vector<std::string>& ids) {
  OutputFile file = TRY(OutputFile::create(path));
  const std::vector<std::string> sources = source_cells(records);
  std::vector<std::uint32_t> size(entity.size(), 0);
  for (const std::uint32_t e : entity) ++size[e];
  std::string out = "source,record_id,entity_id,size\n";
  for (std::uint32_t r = 0; r < entity.size(); ++r) {
    append_record(out, records, sources, r);
    out += ids[entity[r]];
    out += ',';
    append_number(out, size[entity[r]]);
    out += '\n';
    TRY(flush_when_full(file, out));
  }
  TRY(file.write(out));
  return file.commit();
}

Result<void> write_links(const std::string& path, const link::Records& records,
                         const std::vector<link::Edge>& edges) {
  OutputFile file = TRY(OutputFile::create(path));
  const std::vector<std::string> sources = source_cells(records);
  const std::uint64_t* offsets = records.ids.offsets().data();
  std::string out = "source_a,record_a,source_b,record_b,probability,bits,decision\n";
  for (std::size_t e = 0; e < edges.size(); ++e) {
    // The second record of a pair is anywhere in memory.
    if (e + 2 * kAhead < edges.size()) {
      __builtin_prefetch(&records.id[edges[e + 2 * kAhead].b]);
      __builtin_prefetch(offsets + records.id[edges[e + kAhead].b]);
    }
    const link::Edge& edge = edges[e];
    const double probability = 1 / (1 + std::exp2(-edge.bits));
    if (probability < kLinkProbabilityMin && edge.decision != link::Decision::linked) continue;
    append_record(out, records, sources, edge.a);
    append_record(out, records, sources, edge.b);
    append_probability(out, probability);
    out += ',';
    append_number(out, edge.bits);
    out += ',';
    out += decision_name(edge.decision);
    out += '\n';
    TRY(flush_when_full(file, out));
  }
  TRY(file.write(out));
  return file.commit();
}

Result<void> write_rejected(const std::string& path, std::span<const table::Rejected> rejected) {
  table::CsvWriter writer(TRY(OutputFile::create(path)));
  TRY(writer.row({"file", "line", "reason", "row"}));
  for (const table::Rejected& row : rejected) {
    writer.cell(row.file).cell(row.line).cell(row.reason).cell(row.raw);
    TRY(writer.end_row());
  }
  return writer.commit();
}

}  // namespace clew::formats
