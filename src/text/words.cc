#include "text/words.h"

namespace clew::text {

std::string_view next_word(std::string_view text, std::size_t* from) {
  std::size_t begin = *from;
  while (begin < text.size() && !is_word_byte(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  *from = end;
  return text.substr(begin, end - begin);
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t from = 0;
  for (auto word = next_word(text, &from); !word.empty(); word = next_word(text, &from)) {
    found.push_back(word);
  }
  return found;
}

}  // namespace clew::text
