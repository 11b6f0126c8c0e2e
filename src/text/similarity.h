// How alike two strings are: the edit and character measures that the comparators are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace clew::text {

// All functions work on bytes, which are letters after folding (text/fold.h); callers fold first.
// They are pure, allocate nothing for strings of up to 64 bytes, and are safe from any thread.

// Jaro-Winkler similarity in [0, 1]: matching window max/2 - 1, half transpositions rounded down,
// prefix of at most 4 with weight 0.1, given when the Jaro similarity exceeds 0.7. Two empty
// strings are equal (1). Reference: Winkler (1990), "String Comparator Metrics", section 3;
// reference/similarity.h is the twin.
double jaro_winkler(std::string_view a, std::string_view b);

// Levenshtein distance, or max + 1 as soon as it is known to exceed max. REQUIRES: max >= 0.
// Reference: Hyyro (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit
// distances".
int levenshtein(std::string_view a, std::string_view b, int max);

// Optimal string alignment distance (neighbours swapped count once, no substring is edited twice),
// or max + 1.
int osa(std::string_view a, std::string_view b, int max);

// Shared words divided by the words of the shorter side ("overlap coefficient"), in [0, 1]; words
// are split at blanks and punctuation; a word may also match one that is one edit away (osa) if
// both have 5 letters or more. As many words as possible are paired, each once, so the order of
// words and sides does not matter. 0 when a side has none. Looks at the first 256 words of a side.
double token_overlap(std::string_view a, std::string_view b);

// American Soundex of the first word of letters: one lower-case letter and up to three digits, ""
// without a Latin letter. Not padded: "lee" gives "l". An apostrophe does not end the word.
// Reference: US National Archives, "Soundex System" (vowels separate, h and w do not).
std::string soundex(std::string_view a);

// Great-circle distance in kilometres (haversine, Earth radius 6,371.0088 km). Degrees in.
double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

}  // namespace clew::text
