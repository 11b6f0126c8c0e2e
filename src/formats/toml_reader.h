// TomlReader: one table of a settings file; every key is asked for by name, type and range.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace clew::formats {

// Reads keys into variables that keep their value where the key is absent. The first thing that is
// wrong is kept and names file, line and key; later calls then do nothing, so that callers check
// once, with finish(). Hides the TOML library from everybody else. A table inside another one is a
// view of it.
class TomlReader {
 public:
  // Parses a file. Fails with not_found, or invalid_input for what is not TOML.
  static Result<TomlReader> parse_file(const std::string& path);
  static Result<TomlReader> parse(std::string_view text, const std::string& name);

  TomlReader(TomlReader&&) noexcept;
  TomlReader& operator=(TomlReader&&) noexcept;
  ~TomlReader();

  bool has(std::string_view key) const;
  void text(std::string_view key, std::string* out);
  void texts(std::string_view key,
             std::vector<std::string>* out);  // one string counts as a list of one
  void lists(std::string_view key, std::vector<std::vector<std::string>>* out);
  void flag(std::string_view key, bool* out);
  void number(std::string_view key, double low, double high, double* out);
  void numbers(std::string_view key, std::vector<double>* out);
  void integer(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t* out);

  // The index of the text among `names`.
  void choice(std::string_view key, const std::vector<std::string_view>& names, std::size_t* out);

  // A table inside this one, empty when it is absent; and an array of tables. An item that is a
  // string is taken for a table whose only key is `shorthand`.
  TomlReader table(std::string_view key);
  std::vector<TomlReader> tables(std::string_view key, std::string_view shorthand);

  // Notes an error at a key (at the table itself when the key is empty).
  void complain(std::string_view key, const std::string& what);

  // Takes over the error of a table inside this one.
  void adopt(const TomlReader& inner);

  // The first error, an unknown key included.
  Result<void> finish();

 private:
  struct State;
  explicit TomlReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace clew::formats
