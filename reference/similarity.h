// Slow, obvious twins of text/similarity.h: the definitions written down as loops over plain
// tables.
#pragma once

#include <string>
#include <string_view>

namespace clew::reference {

double jaro_winkler(std::string_view a, std::string_view b);

// Without a bound: the distance itself.
int levenshtein(std::string_view a, std::string_view b);
int osa(std::string_view a, std::string_view b);

// Tries every way to pair words: only for a few words a side.
double token_overlap(std::string_view a, std::string_view b);

std::string soundex(std::string_view a);

// Angle between two vectors from the centre of the earth, times its radius.
double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

}  // namespace clew::reference
