#include "formats/toml_reader.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

namespace clew::formats {

struct TomlReader::State {
  std::string file;
  std::string path;                   // of this table, for messages: "field."
  toml::table owned;                  // of the file itself, and of a shorthand
  const toml::table* table = &owned;  // copying a table would lose its lines
  toml::source_region where;
  std::set<std::string, std::less<>> known;
  std::optional<Error> error;

  const toml::node* find(std::string_view key) {
    known.emplace(key);
    return error ? nullptr : table->get(key);
  }

  void complain(const toml::source_region& at, std::string_view key, std::string_view what) {
    if (error) return;
    error = Error{ErrorCode::invalid_input,
                  fmt::format("{}:{}: {}{}: {}", file, at.begin.line, path, key, what)};
  }
};

TomlReader::TomlReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TomlReader::TomlReader(TomlReader&&) noexcept = default;
TomlReader& TomlReader::operator=(TomlReader&&) noexcept = default;
TomlReader::~TomlReader() = default;

Result<TomlReader> TomlReader::parse_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, path + ": cannot be read");
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return fail(ErrorCode::unavailable, path + ": cannot be read");
  return parse(text, path);
}

Result<TomlReader> TomlReader::parse(std::string_view text, const std::string& name) {
  try {
    auto state = std::make_unique<State>();
    state->file = name;
    state->owned = toml::parse(text);
    state->where = state->owned.source();
    return TomlReader(std::move(state));
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::invalid_input,
                fmt::format("{}:{}: {}", name, error.source().begin.line, error.description()));
  }
}

bool TomlReader::has(std::string_view key) const {
  return !state_->error && state_->table->contains(key);
}

void TomlReader::text(std::string_view key, std::string* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  if (const auto value = node->value_exact<std::string>()) {
    *out = *value;
  } else {
    state_->complain(node->source(), key, "must be a text in quotes");
  }
}

void TomlReader::texts(std::string_view key, std::vector<std::string>* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  std::vector<std::string> values;
  if (const auto value = node->value_exact<std::string>()) values.push_back(*value);
  if (const toml::array* array = node->as_array()) {
    for (const toml::node& item : *array) {
      const auto value = item.value_exact<std::string>();
      if (!value) return state_->complain(item.source(), key, "must be a list of texts in quotes");
      values.push_back(*value);
    }
  } else if (values.empty()) {
    return state_->complain(node->source(), key, "must be a list of texts in quotes");
  }
  *out = std::move(values);
}

void TomlReader::lists(std::string_view key, std::vector<std::vector<std::string>>* out) {
  constexpr const char* kWhat = "must be a list of lists of texts: [[\"a\", \"b\"], [\"c\"]]";
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr) return state_->complain(node->source(), key, kWhat);
  out->clear();
  for (const toml::node& item : *array) {
    const toml::array* inner = item.as_array();
    if (inner == nullptr || inner->empty()) return state_->complain(item.source(), key, kWhat);
    out->emplace_back();
    for (const toml::node& text : *inner) {
      const auto value = text.value_exact<std::string>();
      if (!value) return state_->complain(text.source(), key, kWhat);
      out->back().push_back(*value);
    }
  }
}

void TomlReader::flag(std::string_view key, bool* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  if (const auto value = node->value_exact<bool>()) {
    *out = *value;
  } else {
    state_->complain(node->source(), key, "must be true or false");
  }
}

void TomlReader::number(std::string_view key, double low, double high, double* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  const auto value = node->is_number() ? node->value<double>() : std::nullopt;
  if (!value || !(*value >= low && *value <= high)) {
    return state_->complain(node->source(), key,
                            fmt::format("must be a number from {} to {}", low, high));
  }
  *out = *value;
}

void TomlReader::numbers(std::string_view key, std::vector<double>* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr) return state_->complain(node->source(), key, "must be a list of numbers");
  out->clear();
  for (const toml::node& item : *array) {
    const auto value = item.is_number() ? item.value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value)) {
      return state_->complain(item.source(), key, "must be a list of numbers");
    }
    out->push_back(*value);
  }
}

void TomlReader::integer(std::string_view key, std::int64_t low, std::int64_t high,
                         std::int64_t* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < low || *value > high) {
    return state_->complain(node->source(), key,
                            fmt::format("must be a whole number from {} to {}", low, high));
  }
  *out = *value;
}

void TomlReader::choice(std::string_view key, const std::vector<std::string_view>& names,
                        std::size_t* out) {
  const toml::node* node = state_->find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::string>();
  const auto at = value ? std::find(names.begin(), names.end(), *value) : names.end();
  if (at == names.end()) {
    return state_->complain(node->source(), key,
                            fmt::format("must be one of {}", fmt::join(names, ", ")));
  }
  *out = static_cast<std::size_t>(at - names.begin());
}

TomlReader TomlReader::table(std::string_view key) {
  auto inner = std::make_unique<State>();
  inner->file = state_->file;
  inner->path = fmt::format("{}{}.", state_->path, key);
  if (const toml::node* node = state_->find(key)) {
    inner->where = node->source();
    if (const toml::table* table = node->as_table()) {
      inner->table = table;
    } else {
      state_->complain(node->source(), key, "must be a table");
    }
  }
  return TomlReader(std::move(inner));
}

std::vector<TomlReader> TomlReader::tables(std::string_view key, std::string_view shorthand) {
  std::vector<TomlReader> out;
  const toml::node* node = state_->find(key);
  if (node == nullptr) return out;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    state_->complain(node->source(), key, "must be a list of tables");
    return out;
  }
  for (const toml::node& item : *array) {
    auto inner = std::make_unique<State>();
    inner->file = state_->file;
    inner->path = fmt::format("{}{}.", state_->path, key);
    inner->where = item.source();
    const auto text = item.value_exact<std::string>();
    if (const toml::table* table = item.as_table()) {
      inner->table = table;
    } else if (text && !shorthand.empty()) {
      inner->owned.insert(shorthand, *text);
    } else {
      state_->complain(item.source(), key, "must be a list of tables");
    }
    out.push_back(TomlReader(std::move(inner)));
  }
  return out;
}

void TomlReader::complain(std::string_view key, const std::string& what) {
  const toml::node* node = state_->table->get(key);
  state_->complain(node == nullptr ? state_->where : node->source(), key, what);
}

void TomlReader::adopt(const TomlReader& inner) {
  if (!state_->error) state_->error = inner.state_->error;
}

Result<void> TomlReader::finish() {
  for (const auto& [key, node] : *state_->table) {
    if (state_->known.count(key.str()) == 0) {
      state_->complain(key.source(), key.str(), "is not a key of the settings");
    }
  }
  if (state_->error) return tl::unexpected<Error>(*state_->error);
  return {};
}

}  // namespace clew::formats
