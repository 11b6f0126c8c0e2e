#include "table/read.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "table/builder.h"
#include "table/chunks.h"
#include "table/csv.h"
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
  std::string first = TRY(read_up_to(*source, kSniffBytes));
  if (first.empty()) return fail(ErrorCode::invalid_input, "the file is empty");
  const CsvDialect dialect = find_dialect(first, options);
  source = bytes_then(std::move(first), std::move(source));
  TableBuilder builder(file);
  ChunkBuffer chunks(*source, hints.chunk_bytes, options.bytes_max);
  TRY(read_csv(chunks, dialect, options, hints.bytes_expected, builder));
  return std::move(builder).finish("CSV, " + delimiter_name(dialect.delimiter) + ", UTF-8");
}

Result<std::vector<Table>> read_tables(std::span<const std::string> paths,
                                       const ReadOptions& options, const Progress& progress) {
  ReadProgress read;
  read.report = &progress;
  for (const std::string& path : paths) read.total += size_on_disk(path);
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
