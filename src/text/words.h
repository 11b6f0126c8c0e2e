// Splits text into words: what stands between blanks and punctuation.
#pragma once

#include <string_view>
#include <vector>

namespace clew::text {

// True for ASCII letters and digits and for every byte of a letter outside ASCII.
constexpr bool is_word_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || static_cast<unsigned char>(byte) >= 0x80;
}

// Returns the first word at or after `*from` and moves `*from` behind it; empty when there is none.
// The view points into `text`. REQUIRES: *from <= text.size().
std::string_view next_word(std::string_view text, std::size_t* from);

// Returns all words in order. The views point into `text`.
std::vector<std::string_view> words(std::string_view text);

}  // namespace clew::text
