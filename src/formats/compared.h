// compared.clew: the compared records and what came of them, as bytes (doc/formats/link-folder.md).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "formats/link_folder.h"

namespace clew::formats {

// Straight from the columns, without a copy of them. Same input, same bytes.
Result<void> write_compared(const std::string& path, const link::Records& records,
                            const link::Outcome& outcome, const Provenance& provenance);

// Fails with corrupt, whatever the bytes are: every count and every id is checked.
Result<Compared> parse_compared(std::string_view bytes);

// Whether the file begins like one of this kind, of any version.
bool is_compared(const std::string& path);

}  // namespace clew::formats
