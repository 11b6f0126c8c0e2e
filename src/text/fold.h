// Folds text to the form in which values are compared: one spelling for the many that people use.
#pragma once

#include <string>
#include <string_view>

namespace clew::text {

// Canonical form: NFKC, full case folding, invisible and control characters dropped, blanks and the
// punctuation that people use instead of blanks (_ , ; the comma and the middle dot of other
// scripts) collapsed to one blank and trimmed, apostrophes and hyphens kept as ' and -, Latin
// letters without diacritics (Müller -> muller, ł -> l, ß -> ss, æ -> ae), digits of every script
// to 0-9. Letters of other scripts stay, with their marks. Bytes that are not UTF-8 become U+FFFD.
// Folding twice changes nothing. ASCII input takes a path without ICU.
std::string fold(std::string_view utf8);

// The Latin (ASCII) form of a folded value in another script, by ICU transliteration and
// Latin-ASCII, lower case; "" when the value is ASCII already or nothing could be transliterated.
// Scripts that write no vowels give keys without vowels. Thread-safe; about 5 us per value.
std::string latin_key(std::string_view folded);

// Letters and digits of a folded value only, blanks and punctuation removed: "AB-12 3c" ->
// "ab123c".
std::string squeeze(std::string_view folded);

// True when the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);

}  // namespace clew::text
