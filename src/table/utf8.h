// Checks of raw bytes: is it UTF-8, is it plain ASCII, and how to show what is neither.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace clew::table {

// Returns the length of the UTF-8 sequence at the start of `bytes`, 1 to 4, or 0 when there is
// none: overlong forms, surrogates and values above U+10FFFF are not UTF-8. REQUIRES:
// !bytes.empty().
std::size_t utf8_length(std::string_view bytes);

// True when every byte is UTF-8 and none is NUL.
bool is_clean_utf8(std::string_view bytes);

// True when every byte is ASCII and none is NUL. Cost: memory speed.
bool is_clean_ascii(std::string_view bytes);

// `bytes` with every byte that is not UTF-8, and every NUL, replaced by U+FFFD.
std::string repair_utf8(std::string_view bytes);

// Appends a code point up to U+10FFFF.
void append_utf8(std::string& out, std::uint32_t code_point);

// `bytes` without the blanks (ASCII white space) at both ends.
inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline std::string_view trim(std::string_view bytes) {
  while (!bytes.empty() && is_blank(bytes.front())) bytes.remove_prefix(1);
  while (!bytes.empty() && is_blank(bytes.back())) bytes.remove_suffix(1);
  return bytes;
}

}  // namespace clew::table
