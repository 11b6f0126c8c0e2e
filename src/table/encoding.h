// Encodings: which one a file is in, and its bytes as UTF-8.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "table/byte_source.h"
#include "table/code_pages.h"

namespace clew::table {

enum class Transform : std::uint8_t { none, utf16_little, utf16_big, code_page };

struct Encoding {
  std::string name = "UTF-8";
  Transform transform = Transform::none;
  const CodePage* page = nullptr;  // for Transform::code_page
  std::size_t mark_bytes = 0;      // length of the byte order mark, to be skipped
};

// Decides from the first bytes of a file; `whole` says that they are all of it. A file with a few
// bytes that are not UTF-8 is UTF-8 with faults. Fails with invalid_input, naming the likely
// encodings, when it is none of those we read or when the bytes leave doubt.
//
// Method: each code page is judged by the letters that its bytes would be, under letter frequencies
// of the languages written in it and the kind of byte before (an accented capital inside a
// lower-case word, or a lone Cyrillic letter in a Latin one, is rare). There is no doubt when the
// best explains the bytes well and every other page that reads them differently is e^10 times less
// likely.
Result<Encoding> find_encoding(std::string_view first_bytes, bool whole);

// The rest of `source` in UTF-8, without the mark. What has no meaning in the encoding (a lone
// surrogate, an unused byte) becomes a byte that is not UTF-8, so that its field is reported.
std::unique_ptr<ByteSource> to_utf8(std::unique_ptr<ByteSource> source, const Encoding& encoding);

}  // namespace clew::table
