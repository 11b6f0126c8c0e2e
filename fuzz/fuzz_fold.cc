// Folds any bytes and checks what callers rely on: UTF-8 out, the same again, both paths alike.
// Seed: O'Brien,  SMITH-Jones_x;y
// Seed: Müller Łódź Straße Ærø Đặng İstanbul ﬁ
// Seed: Иванова ёлка
// Seed: محمد ١٢٣ مـحـمـد
// Seed: שָׁלוֹם
// Seed: नमस्ते ሰላም 王小明 김민준 ガギ マリア・ロペス
// Seed: \303\050 \360\217\277\277 \355\240\200

#include <algorithm>
#include <string>
#include <string_view>

#include "base/check.h"
#include "fuzz/input.h"
#include "text/fold.h"
#include "text/unicode.h"

namespace {

using namespace clew;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw = fuzz::Input(data, size).rest();
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::string folded = text::fold(raw);
  CHECK(text::is_utf8(folded));
  CHECK(text::fold(folded) == folded);
  if (is_ascii(raw)) CHECK(text::unicode::fold(raw) == folded);
  if (!text::is_utf8(raw)) CHECK(folded.find(kReplacement) != std::string::npos);
  if (text::is_utf8(raw) && raw.find(kReplacement) == std::string_view::npos) {
    CHECK(folded.find(kReplacement) == std::string::npos);
  }
  const std::string key = text::latin_key(folded);
  CHECK(is_ascii(key));
  CHECK(key == text::fold(key));
  const std::string squeezed = text::squeeze(folded);
  CHECK(text::is_utf8(squeezed));
  CHECK(text::squeeze(squeezed) == squeezed);
  if (is_ascii(folded)) CHECK(text::unicode::squeeze(folded) == squeezed);
  return 0;
}
