#include "text/fold.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "text/unicode.h"

namespace clew::text {
namespace {

bool is_ascii(std::string_view bytes) {
  unsigned char all = 0;
  for (const char byte : bytes) all |= static_cast<unsigned char>(byte);
  return all < 0x80;
}

bool is_blank(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == '_' || byte == ',' || byte == ';';
}

bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

std::string fold_ascii(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool blank = false;  // a blank is written only once a letter follows, so none is left at the end
  for (const char byte : text) {
    if (is_blank(byte)) {
      blank = !folded.empty();
      continue;
    }
    if (is_control(byte)) continue;
    if (blank) folded.push_back(' ');
    blank = false;
    if (byte >= 'A' && byte <= 'Z') {
      folded.push_back(static_cast<char>(byte - 'A' + 'a'));
    } else {
      folded.push_back(byte == '`' ? '\'' : byte);
    }
  }
  return folded;
}

// Reads one code point of two to four bytes; returns its length, or 0 when it is malformed
// (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t sequence_length(std::string_view at) {
  const auto byte = [&](std::size_t i) {
    return i < at.size() ? static_cast<unsigned char>(at[i]) : std::uint8_t{0};
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const std::uint8_t lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;
    const std::uint8_t high = lead == 0xED ? 0x9F : 0xBF;
    return byte(1) >= low && byte(1) <= high && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;
    return byte(1) >= low && byte(1) <= high && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string fold(std::string_view utf8) {
  return is_ascii(utf8) ? fold_ascii(utf8) : unicode::fold(utf8);
}

std::string latin_key(std::string_view folded) {
  return is_ascii(folded) ? std::string() : unicode::latin_key(folded);
}

std::string squeeze(std::string_view folded) {
  if (!is_ascii(folded)) return unicode::squeeze(folded);
  std::string squeezed;
  for (const char byte : folded) {
    const bool upper = byte >= 'A' && byte <= 'Z';
    if (upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      squeezed.push_back(upper ? static_cast<char>(byte - 'A' + 'a') : byte);
    }
  }
  return squeezed;
}

bool is_utf8(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = sequence_length(bytes.substr(i));
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace clew::text
