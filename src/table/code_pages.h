// Code pages: what the bytes 128 to 255 mean in the 8-bit encodings that report files come in.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace clew::table {

// letters[b - 128] is the code point of byte b, 0 where it has none. Source: the mapping tables
// that the Unicode Consortium publishes for each code page.
struct CodePage {
  std::string_view name;
  const std::array<char16_t, 128>* letters;
};

// Windows-1252, 1251 and 1256 (kConvertible: those that we convert), then others that we only know
// so as not to take them for one of these.
inline constexpr std::size_t kConvertible = 3;
std::span<const CodePage> code_pages();

}  // namespace clew::table
