#include "table/read.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "table/builder.h"
#include "table/chunks.h"
#include "table/csv.h"
#include "table/encoding.h"
#include "table/json_lines.h"
#include "table/reader.h"

namespace clew::table {
namespace {

constexpr std::size_t kSniffBytes = 1U << 20;

std::string delimiter_name(char delimiter) {
  if (delimiter == ';') return "semicolon";
  if (delimiter == '\t') return "tab";
  if (delimiter == '|') return "pipe";
  return "comma";
}

// Size of a regular file, 0 for anything else.
std::uint64_t size_on_disk(const std::string& path) {
  struct stat status{};
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

// Unpacks gzip and Zstandard, known by their first bytes, once; adds their name to `format`.
Result<std::unique_ptr<ByteSource>> unpack(std::unique_ptr<ByteSource> source,
                                           std::string& format) {
  std::string magic = TRY(read_up_to(*source, 4));
  const bool gzip = magic.starts_with("\x1F\x8B");
  const bool zstd = magic == "\x28\xB5\x2F\xFD";
  source = bytes_then(std::move(magic), std::move(source));
  if (gzip) {
    format = ", gzip";
    source = gunzip(std::move(source));
  } else if (zstd) {
    format = ", zstd";
    source = unzstd(std::move(source));
  }
  return source;
}

// What to say of a file that is no text, by its first bytes; empty for text.
std::string_view known_binary(std::string_view first) {
  struct Kind {
    std::string_view magic;
    std::string_view words;
  };
  using std::string_view_literals::operator""sv;
  constexpr std::array kKinds{
      Kind{"\xD0\xCF\x11\xE0"sv, "this is an old Excel workbook; save it as CSV"sv},
      Kind{"%PDF"sv, "this is a PDF document; export its table as CSV"sv},
      Kind{"PAR1"sv, "this is a Parquet file; export it as CSV"sv},
      Kind{"ARROW1"sv, "this is an Arrow file; export it as CSV"sv},
      Kind{"SQLite format 3\0"sv, "this is an SQLite database; export its table as CSV"sv},
      Kind{"BZh"sv, "this is a bzip2 archive; unpack it first"sv},
      Kind{"\xFD\x37zXZ"sv, "this is an xz archive; unpack it first"sv},
      Kind{"7z\xBC\xAF"sv, "this is a 7z archive; unpack it first"sv},
      Kind{"\x1F\x8B"sv, "this is a gzip archive within an archive; unpack it first"sv},
      Kind{"\x28\xB5\x2F\xFD"sv, "this is a zstd archive within an archive; unpack it first"sv},
  };
  // A workbook is a zip archive of XML parts; its first part is named in the first bytes.
  if (first.starts_with("PK\x03\x04"sv)) {
    const std::string_view head = first.substr(0, 4096);
    for (const std::string_view part : {"[Content_Types].xml"sv, "xl/"sv, "_rels/"sv}) {
      if (head.find(part) != std::string_view::npos) {
        return "this is an Excel workbook; save it as CSV"sv;
      }
    }
    if (head.find("opendocument.spreadsheet"sv) != std::string_view::npos) {
      return "this is an OpenDocument spreadsheet; save it as CSV"sv;
    }
    return "this is a zip archive; unpack it first"sv;
  }
  for (const Kind& kind : kKinds) {
    const bool one_letter_more = kind.magic == "BZh"sv && first.size() > 3;
    if (one_letter_more && (first[3] < '1' || first[3] > '9')) continue;
    if (first.starts_with(kind.magic)) return kind.words;
  }
  return {};
}

Error named(const std::string& path, const Error& error) {
  return {error.code, (path == "-" ? "stdin" : path) + ": " + error.message};
}

}  // namespace

std::string source_name(const std::string& path) {
  if (path == "-") return "stdin";
  std::string name = path.substr(path.find_last_of('/') + 1);
  constexpr std::array<std::string_view, 8> kEndings = {".csv",    ".tsv", ".jsonl", ".json",
                                                        ".ndjson", ".txt", ".gz",    ".zst"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view ending : kEndings) {
      if (name.size() <= ending.size() || !name.ends_with(ending)) continue;
      name.resize(name.size() - ending.size());
      again = true;
    }
  }
  return name;
}

Result<Table> read_source(std::unique_ptr<ByteSource> source, const std::string& file,
                          const ReadOptions& options, const SourceHints& hints) {
  std::string format;
  source = TRY(unpack(std::move(source), format));
  std::string first = TRY(read_up_to(*source, kSniffBytes));
  if (first.empty()) return fail(ErrorCode::invalid_input, "the file is empty");
  const std::string_view refused = known_binary(first);
  if (!refused.empty()) return fail(ErrorCode::invalid_input, std::string(refused));
  const Encoding encoding = TRY(find_encoding(first, first.size() < kSniffBytes));
  format = ", " + encoding.name + format;
  first.erase(0, encoding.mark_bytes);
  source = to_utf8(bytes_then(std::move(first), std::move(source)), encoding);
  // What follows looks at the text as UTF-8, whatever it was.
  std::string text = TRY(read_up_to(*source, kSniffBytes));
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return fail(ErrorCode::invalid_input, "the file is empty");
  if (text[start] == '[') {
    return fail(ErrorCode::invalid_input,
                "this is a JSON array; write one object a line instead (JSON lines)");
  }
  const bool json = text[start] == '{';
  const CsvDialect dialect = json ? CsvDialect{} : find_dialect(text, options);
  source = bytes_then(std::move(text), std::move(source));
  TableBuilder builder(file);
  if (encoding.transform == Transform::code_page) {
    builder.problem(0, "", "the text is " + encoding.name + ", not UTF-8", "converted");
  }
  ChunkBuffer chunks(*source, hints.chunk_bytes, options.bytes_max);
  if (json) {
    TRY(read_json_lines(chunks, options, builder));
    return std::move(builder).finish("JSON lines" + format);
  }
  TRY(read_csv(chunks, dialect, options, hints.bytes_expected, builder));
  return std::move(builder).finish("CSV, " + delimiter_name(dialect.delimiter) + format);
}

Result<std::vector<Table>> read_tables(std::span<const std::string> paths,
                                       const ReadOptions& options, const Progress& progress) {
  ReadProgress read;
  read.report = &progress;
  bool all_known = true;
  for (const std::string& path : paths) {
    const std::uint64_t size = size_on_disk(path);
    all_known = all_known && size > 0;
    read.total += size;
  }
  if (!all_known) read.total = 0;
  std::vector<Table> tables;
  std::unordered_set<std::string> names;
  bool stdin_read = false;
  for (const std::string& path : paths) {
    if (path == "-" && std::exchange(stdin_read, true)) {
      return fail(ErrorCode::invalid_input, "stdin (-) can be read only once");
    }
    auto source = open_file(path, read);
    if (!source) return tl::unexpected(named(path, source.error()));
    auto table =
        read_source(*std::move(source), path, options, {.bytes_expected = size_on_disk(path)});
    if (!table) return tl::unexpected(named(path, table.error()));
    const std::string name = source_name(path);
    table->source = name;
    for (int copy = 2; !names.insert(table->source).second; ++copy) {
      table->source = name + "_" + std::to_string(copy);
    }
    tables.push_back(*std::move(table));
  }
  return tables;
}

}  // namespace clew::table
