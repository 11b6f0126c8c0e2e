#include "formats/link_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/file.h"
#include "formats/compared.h"
#include "formats/link_tables.h"
#include "link/fit_model.h"

namespace clew::formats {
namespace {

constexpr const char* kCompared = "compared.clew";
constexpr const char* kSummary = "summary.json";
constexpr const char* kUnfinished = ".unfinished";
constexpr std::array kNames = {"entities.csv", "links.csv",   "model.json",   "summary.json",
                               "rejected.csv", "report.html", "compared.clew"};
constexpr std::uint64_t kModelBytesMax = 4ULL << 30;
constexpr std::uint64_t kComparedBytesMax = 1ULL << 40;

std::string in_folder(const std::string& folder, std::string_view name) {
  return fmt::format("{}/{}", folder, name);
}

bool is_ours(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

Result<void> failure(const std::string& path, int error) {
  ErrorCode code = ErrorCode::unavailable;
  if (error == ENOENT) code = ErrorCode::not_found;
  if (error == EACCES || error == EPERM || error == EROFS) code = ErrorCode::permission_denied;
  return fail(code, path + ": " + (error == ENOSPC ? "the disk is full" : std::strerror(error)));
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
  DIR* stream = ::opendir(folder.c_str());
  if (stream == nullptr) return tl::unexpected(failure(folder, errno).error());
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(stream);
  std::sort(names.begin(), names.end());
  return names;
}

// Whether everything in the folder was written by an earlier run (or by one that was cut short).
Result<void> check_ours(const std::string& folder) {
  const std::vector<std::string> names = TRY(names_in(folder));
  bool any = false, known = false;
  for (const std::string& name : names) {
    if (name == kUnfinished) continue;
    if (!is_ours(name)) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("{}: holds files that are not from an earlier clew link (one is "
                              "called {}); nothing was overwritten; choose another folder",
                              folder, name));
    }
    any = true;
    known = known || (name == kCompared && is_compared(in_folder(folder, name)));
  }
  if (!any || known) return {};
  return fail(ErrorCode::invalid_input,
              folder +
                  ": holds files but no result of clew link; nothing was overwritten; choose "
                  "another folder");
}

void remove_unfinished(const std::string& folder) {
  const std::string inner = folder + "/" + kUnfinished;
  const auto names = names_in(inner);
  if (!names) return;
  for (const std::string& name : *names) ::unlink(in_folder(inner, name).c_str());
  ::rmdir(inner.c_str());
}

}  // namespace

LinkFolderWriter::LinkFolderWriter(std::string folder, bool made, int lock)
    : folder_(std::move(folder)), made_(made), lock_(lock) {}

LinkFolderWriter::LinkFolderWriter(LinkFolderWriter&& other) noexcept
    : folder_(std::move(other.folder_)),
      made_(std::exchange(other.made_, false)),
      lock_(std::exchange(other.lock_, -1)),
      names_(std::move(other.names_)) {}

LinkFolderWriter::~LinkFolderWriter() { abandon(); }

void LinkFolderWriter::abandon() {
  if (lock_ < 0) return;
  remove_unfinished(folder_);
  if (made_) ::rmdir(folder_.c_str());  // fails, as it should, when somebody put something there
  ::close(std::exchange(lock_, -1));
}

Result<LinkFolderWriter> LinkFolderWriter::open(const std::string& folder) {
  struct stat status{};
  const bool made = ::stat(folder.c_str(), &status) != 0;
  TRY(make_private_folder(folder));
  const int lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return tl::unexpected(failure(folder, errno).error());
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(lock);
    return fail(ErrorCode::unavailable, folder + ": another clew link is writing there");
  }
  LinkFolderWriter writer(folder, made, lock);
  TRY(check_ours(folder));
  if (::fchmod(lock, 0700) != 0) return tl::unexpected(failure(folder, errno).error());
  remove_unfinished(folder);
  TRY(make_private_folder(folder + "/" + kUnfinished));
  return writer;
}

std::string LinkFolderWriter::path_of(std::string_view name) const {
  return folder_ + "/" + kUnfinished + "/" + std::string(name);
}

Result<void> LinkFolderWriter::add_text(std::string_view name, std::string_view text) {
  CHECK(is_ours(name));
  OutputFile file = TRY(OutputFile::create(path_of(name)));
  TRY(file.write(text));
  names_.emplace_back(name);
  return file.commit();
}

Result<void> LinkFolderWriter::add_entities(const link::Records& records,
                                            const link::Outcome& outcome,
                                            const std::vector<std::string>& ids) {
  names_.emplace_back("entities.csv");
  return write_entities(path_of(names_.back()), records, outcome.entity, ids);
}

Result<void> LinkFolderWriter::add_links(const link::Records& records,
                                         const link::Outcome& outcome) {
  names_.emplace_back("links.csv");
  return write_links(path_of(names_.back()), records, outcome.edges);
}

Result<void> LinkFolderWriter::add_rejected(std::span<const table::Rejected> rejected) {
  names_.emplace_back("rejected.csv");
  return write_rejected(path_of(names_.back()), rejected);
}

Result<void> LinkFolderWriter::add_compared(const link::Records& records,
                                            const link::Outcome& outcome,
                                            const Provenance& provenance) {
  names_.emplace_back(kCompared);
  return write_compared(path_of(names_.back()), records, outcome, provenance);
}

Result<void> LinkFolderWriter::finish() {
  // A folder without summary.json is not complete: it goes first and comes last, so that a result
  // that is half old and half new can never be taken for one.
  std::stable_partition(names_.begin(), names_.end(),
                        [](const std::string& name) { return name != kSummary; });
  const std::string summary = folder_ + "/" + kSummary;
  if (::unlink(summary.c_str()) != 0 && errno != ENOENT) return failure(summary, errno);
  for (const char* name : kNames) {  // of a run with other outputs
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) {
      ::unlink((folder_ + "/" + name).c_str());
    }
  }
  for (const std::string& name : names_) {
    const std::string path = folder_ + "/" + name;
    made_ = false;
    if (::rename(path_of(name).c_str(), path.c_str()) != 0) return failure(path, errno);
  }
  if (::fsync(lock_) != 0 && errno != EINVAL) return failure(folder_, errno);
  return {};
}

Result<Compared> read_compared(const std::string& folder) {
  struct stat status{};
  if (::stat((folder + "/" + kSummary).c_str(), &status) != 0 ||
      ::stat((folder + "/" + kCompared).c_str(), &status) != 0) {
    return fail(ErrorCode::not_found,
                folder + ": holds no complete result; clew link --out " + folder + " makes one");
  }
  const std::string path = folder + "/" + kCompared;
  const std::string bytes = TRY(read_file(path, kComparedBytesMax));
  auto compared = parse_compared(bytes);
  if (!compared) {
    return fail(compared.error().code, path + ": " + compared.error().message);
  }
  return std::move(*compared);
}

Result<link::Model> read_model(const std::string& path, const link::Records& records) {
  auto model = link::model_from_json(TRY(read_file(path, kModelBytesMax)));
  if (!model) return fail(model.error().code, path + ": " + model.error().message);
  const auto fitted = link::fit_model(records, *model);
  if (!fitted) return fail(fitted.error().code, path + ": " + fitted.error().message);
  return std::move(*model);
}

}  // namespace clew::formats
