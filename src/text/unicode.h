// The parts of folding that need tables of Unicode; fold.cc calls them for text outside ASCII only.
#pragma once

#include <string>
#include <string_view>

namespace clew::text::unicode {

// See text/fold.h for what each returns. They accept ASCII too and agree with the fast paths.
std::string fold(std::string_view utf8);
std::string latin_key(std::string_view folded);
std::string squeeze(std::string_view folded);

}  // namespace clew::text::unicode
