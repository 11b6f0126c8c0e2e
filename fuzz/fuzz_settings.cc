// Feeds any bytes to the reader of settings: what it accepts must survive being written and read.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "formats/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = clew::formats::parse_settings(text, "fuzz", {});
  if (!settings) return 0;
  const std::string written = clew::formats::write_settings(*settings, {});
  const auto again = clew::formats::parse_settings(written, "fuzz", {});
  CHECK(again.has_value());
  CHECK(clew::formats::write_settings(*again, {}) == written);
  return 0;
}
