#include "report/json.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <type_traits>

namespace clew::report {
namespace {

using Library = nlohmann::ordered_json;

Library to_library(const Json& json) {
  return std::visit(
      [](const auto& value) -> Library {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<T, double>) {
          return std::isfinite(value) ? Library(value) : Library(nullptr);
        } else if constexpr (std::is_same_v<T, Json::Array>) {
          Library array = Library::array();
          for (const Json& item : value) array.push_back(to_library(item));
          return array;
        } else if constexpr (std::is_same_v<T, Json::Object>) {
          Library object = Library::object();
          for (const auto& [name, member] : value) object[name] = to_library(member);
          return object;
        } else {
          return value;
        }
      },
      json.variant());
}

Json from_library(const Library& library) {
  if (library.is_boolean()) return library.get<bool>();
  if (library.is_number_unsigned()) return library.get<std::uint64_t>();
  if (library.is_number()) return library.get<double>();
  if (library.is_string()) return library.get<std::string>();
  if (library.is_array()) {
    Json::Array array;
    for (const Library& item : library) array.push_back(from_library(item));
    return array;
  }
  if (library.is_object()) {
    Json::Object object;
    for (const auto& [name, member] : library.items()) {
      object.emplace_back(name, from_library(member));
    }
    return object;
  }
  return {};
}

}  // namespace

const Json& Json::operator[](std::string_view name) const {
  static const Json kNull;
  if (const auto* object = std::get_if<Object>(&value_)) {
    for (const auto& [key, member] : *object) {
      if (key == name) return member;
    }
  }
  return kNull;
}

const Json::Array& Json::items() const {
  static const Array kNone;
  const auto* array = std::get_if<Array>(&value_);
  return array != nullptr ? *array : kNone;
}

const std::string& Json::text() const {
  static const std::string kNone;
  const auto* text = std::get_if<std::string>(&value_);
  return text != nullptr ? *text : kNone;
}

double Json::number() const {
  if (const auto* real = std::get_if<double>(&value_)) return *real;
  if (const auto* whole = std::get_if<std::uint64_t>(&value_)) return static_cast<double>(*whole);
  return 0;
}

std::string write_json(const Json& json) {
  return to_library(json).dump(2, ' ', false, Library::error_handler_t::replace) + "\n";
}

Result<Json> read_json(std::string_view text) {
  try {
    return from_library(Library::parse(text));
  } catch (const nlohmann::json::parse_error& error) {
    return fail(ErrorCode::invalid_input, fmt::format("not JSON: stopped at byte {}", error.byte));
  } catch (const nlohmann::json::exception&) {
    return fail(ErrorCode::invalid_input, "not JSON");
  }
}

}  // namespace clew::report
