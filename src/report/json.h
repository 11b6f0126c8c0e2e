// Json: a small value to build and read JSON with; the library behind it stays in json.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace clew::report {

// Members keep the order in which they were added. Doubles are written with digits that read back
// as the same number; those that are not finite become null.
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  // Implicit, so that an object reads like the JSON it becomes.
  Json() = default;
  Json(bool value) : value_(value) {}
  Json(double value) : value_(value) {}
  Json(std::uint64_t value) : value_(value) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  static Json strings(const std::vector<std::string>& values) {
    return Json(Array(values.begin(), values.end()));
  }

  // The member of that name, or null when this is no object or has none. Valid as long as this is.
  const Json& operator[](std::string_view name) const;
  const Array& items() const;       // empty when this is no array
  const std::string& text() const;  // empty when this is no string
  double number() const;            // 0 when this is no number
  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }

  const auto& variant() const { return value_; }

 private:
  std::variant<std::monostate, bool, double, std::uint64_t, std::string, Array, Object> value_;
};

// Indented by two blanks, with a final newline. Bytes that are not UTF-8 become U+FFFD.
std::string write_json(const Json& json);

// Fails with invalid_input, naming the byte at which reading stopped.
Result<Json> read_json(std::string_view text);

}  // namespace clew::report
