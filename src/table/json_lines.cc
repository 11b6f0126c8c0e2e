#include "table/json_lines.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "table/utf8.h"

namespace clew::table {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t kBatchRows = 512;
constexpr std::uint64_t kFieldsPerRow = 16;  // the longest line, in longest fields
constexpr std::size_t kBatchBytes = 1U << 20;
constexpr std::size_t kNameBytesMax = 1000;
constexpr int kDepthMax = 64;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 8259, section 6.
bool is_number(std::string_view text) {
  const auto digits = [&text] {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    text.remove_prefix(count);
    return count;
  };
  const auto skip = [&text](std::string_view any) {
    const bool found = !text.empty() && any.find(text.front()) != std::string_view::npos;
    if (found) text.remove_prefix(1);
    return found;
  };
  skip("-");
  const bool zero = text.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (skip(".") && digits() == 0) return false;
  if (skip("eE")) {
    skip("+-");
    if (digits() == 0) return false;
  }
  return text.empty();
}

class JsonReader {
 public:
  JsonReader(ChunkBuffer& chunks, const ReadOptions& options, TableBuilder& builder)
      : chunks_(chunks),
        options_(options),
        line_bytes_max_(options.field_bytes_max * kFieldsPerRow),
        builder_(builder) {}

  Result<void> read() {
    while (true) {
      const auto unread = static_cast<std::size_t>(chunks_.end() - chunks_.begin());
      const void* found = std::memchr(chunks_.begin(), '\n', unread);
      const char* stop = found == nullptr ? chunks_.end() : static_cast<const char*>(found);
      const auto size = static_cast<std::size_t>(stop - chunks_.begin());
      if (size > line_bytes_max_) {
        const std::string start = TRY(chunks_.skip_line('\n', TableBuilder::kRawBytesMax + 1));
        TRY(builder_.reject(
            line_, "the line is longer than " + std::to_string(line_bytes_max_) + " bytes", start));
      } else if (found == nullptr && !chunks_.at_end()) {
        TRY(chunks_.refill());
        continue;
      } else {
        if (!trim({chunks_.begin(), size}).empty()) TRY(take_line({chunks_.begin(), size}));
        chunks_.consume_to(found == nullptr ? stop : stop + 1);
      }
      ++line_;
      if (chunks_.at_end() && chunks_.begin() == chunks_.end()) break;
    }
    return flush();
  }

 private:
  Result<void> take_line(std::string_view line) {
    path_.clear();
    expected_ = 0;
    const char* fault = nullptr;
    repaired_ = !chunks_.clean() && !is_clean_utf8(line);
    if (repaired_) {
      // The parser refuses such a line whole; with the bad bytes marked, only their fields are
      // lost.
      std::string copy = repair_utf8(line);
      const std::size_t size = copy.size();
      copy.append(simdjson::SIMDJSON_PADDING, '\0');
      fault = parse(copy.data(), size, copy.size());
    } else {
      const auto readable = static_cast<std::size_t>(chunks_.end() - line.data());
      fault = parse(line.data(), line.size(), readable + ChunkBuffer::kPadding);
    }
    if (fault == nullptr) return add_row();
    forget_line();
    return builder_.reject(line_, fault, line);
  }

  // Returns what is wrong with the line, or null. REQUIRES: capacity >= size + the parser's
  // padding.
  const char* parse(const char* line, std::size_t size, std::size_t capacity) {
    constexpr const char* kMalformed = "malformed JSON";
    ondemand::document document;
    if (parser_.iterate(line, size, capacity).get(document) != simdjson::SUCCESS) return kMalformed;
    ondemand::json_type type;
    if (document.type().get(type) != simdjson::SUCCESS) return kMalformed;
    if (type != ondemand::json_type::object) return "not a JSON object";
    ondemand::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) return kMalformed;
    const char* fault = flatten_object(object, 0);
    if (fault != nullptr) return fault;
    const bool ended = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return ended ? nullptr : "text after the JSON object";
  }

  const char* flatten_object(ondemand::object object, int depth) {
    if (depth == kDepthMax) return "JSON nested deeper than 64";
    const std::size_t outer = path_.size();
    for (auto member : object) {
      ondemand::field field;
      std::string_view name;
      if (std::move(member).get(field) != simdjson::SUCCESS) return "malformed JSON";
      if (field.unescaped_key().get(name) != simdjson::SUCCESS) return "malformed JSON";
      if (outer > 0) path_ += '.';
      path_ += trim(name);
      const char* fault = flatten(field.value(), depth + 1);
      if (fault != nullptr) return fault;
      path_.resize(outer);
    }
    return nullptr;
  }

  const char* flatten(ondemand::value value, int depth) {
    if (depth == kDepthMax) return "JSON nested deeper than 64";
    ondemand::json_type type;
    if (value.type().get(type) != simdjson::SUCCESS) return "malformed JSON";
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (value.get_object().get(object) != simdjson::SUCCESS) return "malformed JSON";
      return flatten_object(object, depth);
    }
    if (type != ondemand::json_type::array) return flatten_scalar(value, type);
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return "malformed JSON";
    bool empty = true;
    for (auto element : array) {
      empty = false;
      ondemand::value inner;
      if (std::move(element).get(inner) != simdjson::SUCCESS) return "malformed JSON";
      const char* fault = flatten(inner, depth + 1);
      if (fault != nullptr) return fault;
    }
    return empty ? append({}) : nullptr;
  }

  const char* flatten_scalar(ondemand::value value, ondemand::json_type type) {
    std::string_view text;
    if (type == ondemand::json_type::string) {
      if (value.get_string().get(text) != simdjson::SUCCESS) return "malformed JSON";
      return append(trim(text));
    }
    // The token as written is what we keep: "1.50" stays "1.50", and no identifier loses digits.
    // The value is asked for as well, because only that moves the parser past the token.
    text = trim(value.raw_json_token());
    bool read = false;
    if (type == ondemand::json_type::number) {
      read = is_number(text) && value.get_double().error() == simdjson::SUCCESS;
    } else if (type == ondemand::json_type::boolean) {
      read = value.get_bool().error() == simdjson::SUCCESS;
    } else {
      read = text == "null" && value.is_null().error() == simdjson::SUCCESS;
      text = {};
    }
    if (!read) return "malformed JSON";
    return append(text);
  }

  // Members mostly come in the same order in each line, so the place after the last one is tried
  // first.
  std::size_t member_of_path() {
    if (expected_ < paths_.size() && paths_[expected_] == path_) return expected_++;
    const auto [found, added] = member_of_.try_emplace(path_, paths_.size());
    if (added) {
      paths_.push_back(path_);
      values_.emplace_back();
    }
    expected_ = found->second + 1;
    return found->second;
  }

  // Adds one value to the member of the present path, which is known from now on even if it is
  // empty.
  const char* append(std::string_view text) {
    if (path_.size() > kNameBytesMax) return "a name is longer than 1,000 bytes";
    if (paths_.size() > options_.columns_max) return "too many names";
    std::string& value = values_[member_of_path()];
    if (text.empty()) return nullptr;
    if (!value.empty()) value += kListSeparator;
    value += text;
    return value.size() > options_.field_bytes_max ? "a field is too long" : nullptr;
  }

  // Forgets the present line; names that only it had are not known any more.
  void forget_line() {
    while (paths_.size() > builder_.columns().size()) {
      member_of_.erase(paths_.back());
      paths_.pop_back();
      values_.pop_back();
    }
    for (std::string& value : values_) value.clear();
  }

  Result<void> add_row() {
    if (paths_.size() > options_.columns_max) {
      return fail(ErrorCode::invalid_input,
                  "more columns than the limit of " + std::to_string(options_.columns_max));
    }
    if (paths_.size() > builder_.columns().size()) {
      TRY(flush());
      for (std::size_t i = builder_.columns().size(); i < paths_.size(); ++i) {
        builder_.add_column(is_clean_utf8(paths_[i]) ? paths_[i] : std::string_view(), line_);
      }
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      std::string& value = values_[i];
      const bool nul = value.find('\0') != std::string::npos;
      if (nul || (repaired_ && value.find(kReplacement) != std::string::npos)) {
        builder_.problem(line_, builder_.columns()[i].name, nul ? "a NUL byte" : "not valid UTF-8",
                         "field emptied");
        value.clear();
      }
      batch_ += value;
      ends_.push_back(batch_.size());
      value.clear();
    }
    lines_.push_back(static_cast<std::uint32_t>(std::min<std::uint64_t>(line_, 0xFFFFFFFFULL)));
    if (lines_.size() == kBatchRows || batch_.size() > kBatchBytes) return flush();
    return {};
  }

  Result<void> flush() {
    std::vector<std::string_view> fields;
    fields.reserve(ends_.size());
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      fields.push_back(std::string_view(batch_).substr(begin, end - begin));
      begin = end;
    }
    TRY(builder_.add_rows(fields, lines_));
    batch_.clear();
    ends_.clear();
    lines_.clear();
    return {};
  }

  ChunkBuffer& chunks_;
  const ReadOptions& options_;
  std::uint64_t line_bytes_max_;
  TableBuilder& builder_;
  ondemand::parser parser_;
  std::uint64_t line_ = 1;
  bool repaired_ = false;
  std::string path_;
  std::vector<std::string> paths_;   // of the columns, then of members new in the present line
  std::vector<std::string> values_;  // of the present line, one for each path
  std::unordered_map<std::string, std::size_t> member_of_;
  std::size_t expected_ = 0;
  std::string batch_;  // the values of the rows not yet handed on, row by row, back to back
  std::vector<std::size_t> ends_;
  std::vector<std::uint32_t> lines_;
};

}  // namespace

Result<void> read_json_lines(ChunkBuffer& chunks, const ReadOptions& options,
                             TableBuilder& builder) {
  return JsonReader(chunks, options, builder).read();
}

}  // namespace clew::table
