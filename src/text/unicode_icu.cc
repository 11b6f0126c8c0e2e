// Folding text outside ASCII with ICU. The steps: letters that normalisation would tear apart are
// replaced, NFKC and case folding make one spelling of many, the decomposed form is walked once to
// drop the marks of Latin letters, and what is left is composed again.

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <memory>

#include "base/check.h"
#include "text/unicode.h"

namespace clew::text::unicode {
namespace {

constexpr UChar32 kTatweel = 0x0640;  // stretches Arabic words on paper and means nothing

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

bool is_apostrophe(UChar32 c) {
  switch (c) {
    case 0x0060:
    case 0x00B4:
    case 0x02B9:
    case 0x02BB:
    case 0x02BC:
    case 0x02BD:
    case 0x02BE:
    case 0x02BF:
    case 0x02C8:
    case 0x02CA:
    case 0x02CB:
    case 0x055A:
    case 0x05F3:
    case 0x07F4:
    case 0x1FBD:
    case 0x1FBF:
    case 0x1FFD:
    case 0x1FEF:
    case 0x1FFE:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x2035:
    case 0xA78B:
    case 0xA78C:
    case 0xFF07:
    case 0xFF40:
      return true;
    default:
      return false;
  }
}

bool is_dash(UChar32 c) {
  switch (c) {
    case 0x058A:
    case 0x05BE:
    case 0x1806:
    case 0x2043:
    case 0x2212:
    case 0x2E17:
    case 0x2E3A:
    case 0x2E3B:
    case 0x30A0:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
      return true;
    default:
      return c >= 0x2010 && c <= 0x2015;
  }
}

// Blanks, and what the scripts write where others leave a blank.
bool is_blank(UChar32 c) {
  switch (c) {
    case '_':
    case ',':
    case ';':
    case 0x00B7:
    case 0x060C:
    case 0x061B:
    case 0x3001:
    case 0x30FB:
      return true;
    default:
      return u_isUWhiteSpace(c) != 0;
  }
}

bool is_invisible(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || c == kTatweel ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

bool is_latin(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_LATIN && U_SUCCESS(status) != 0;
}

// Replaces what must be seen before normalisation: a spacing accent would become a blank and a
// mark.
icu::UnicodeString prepared(std::string_view utf8) {
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(piece(utf8));
  icu::UnicodeString text;
  for (std::int32_t i = 0; i < raw.length(); i = raw.moveIndex32(i, 1)) {
    const UChar32 c = raw.char32At(i);
    if (is_apostrophe(c)) {
      text.append(u'\'');
    } else if (is_dash(c)) {
      text.append(u'-');
    } else {
      text.append(c);
    }
  }
  return text;
}

// One transliterator per thread: ICU's are not safe to share. Null when ICU lacks the rules.
icu::Transliterator* transliterator(const char* rules) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Transliterator* made = icu::Transliterator::createInstance(
      icu::UnicodeString::fromUTF8(rules), UTRANS_FORWARD, status);
  return U_SUCCESS(status) != 0 ? made : nullptr;
}

// Latin letters that do not decompose: l with stroke, ae, thorn and their like.
void append_latin(UChar32 c, icu::UnicodeString* out) {
  switch (c) {
    case 0x0131:
      out->append(u'i');
      return;
    case 0x0142:
      out->append(u'l');
      return;
    case 0x00F8:
      out->append(u'o');
      return;
    case 0x0111:
    case 0x00F0:
    case 0x0256:
      out->append(u'd');
      return;
    case 0x00E6:
      out->append(u"ae", 2);
      return;
    case 0x0153:
      out->append(u"oe", 2);
      return;
    case 0x00FE:
      out->append(u"th", 2);
      return;
    case 0x0259:
    case 0x01DD:
      out->append(u'e');
      return;
    case 0x0127:
      out->append(u'h');
      return;
    case 0x014B:
      out->append(u'n');
      return;
    case 0x0167:
      out->append(u't');
      return;
    default:
      break;
  }
  static thread_local const std::unique_ptr<icu::Transliterator> ascii(
      transliterator("Latin-ASCII; Lower"));
  icu::UnicodeString letter(c);
  if (ascii != nullptr) ascii->transliterate(letter);
  out->append(letter);
}

// Collects folded code points: blanks only between words, marks only on letters that keep them.
class Folded {
 public:
  void add(UChar32 c) {
    if (is_invisible(c) && !is_blank(c)) return;
    if (is_blank(c)) {
      blank_ = !text_.isEmpty();
      drops_marks_ = true;
      return;
    }
    if (is_mark(c)) {
      if (!drops_marks_) text_.append(c);
      return;
    }
    if (blank_) text_.append(u' ');
    blank_ = false;
    drops_marks_ = is_latin(c);
    const std::int32_t digit = u_charDigitValue(c);
    if (digit >= 0) {
      text_.append(static_cast<UChar32>('0' + digit));
    } else if (is_apostrophe(c)) {
      text_.append(u'\'');
    } else if (is_dash(c)) {
      text_.append(u'-');
    } else if (c >= 0x80 && drops_marks_) {
      append_latin(c, &text_);
    } else {
      text_.append(c);
    }
  }

  const icu::UnicodeString& text() const { return text_; }

 private:
  icu::UnicodeString text_;
  bool blank_ = false;
  bool drops_marks_ = true;  // at the start a mark has no letter to stand on
};

icu::UnicodeString normalized(const icu::Normalizer2* form, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result = form->normalize(text, status);
  CHECK(U_SUCCESS(status));
  return result;
}

}  // namespace

std::string fold(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(status);
  CHECK(U_SUCCESS(status));
  const icu::UnicodeString text = normalized(decompose, normalized(casefold, prepared(utf8)));
  Folded folded;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    folded.add(text.char32At(i));
  }
  return to_utf8(normalized(compose, folded.text()));
}

std::string latin_key(std::string_view folded) {
  // The signs that transliteration writes for ayn, hamza and soft signs are dropped, as people who
  // write these names in Latin letters do.
  static thread_local const std::unique_ptr<icu::Transliterator> latin(transliterator(
      "Any-Latin; [\\u02B9\\u02BA\\u02BB\\u02BC\\u02BE\\u02BF\\u02C8] Remove; Latin-ASCII; Lower"));
  if (latin == nullptr) return {};
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(piece(folded));
  latin->transliterate(text);
  std::string key;
  bool any = false;
  bool blank = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (is_blank(c)) {
      blank = !key.empty();
      continue;
    }
    if (c <= 0x20 || c >= 0x7F) continue;
    if (blank) key.push_back(' ');
    blank = false;
    key.push_back(static_cast<char>(c));
    any = any || u_isalnum(c) != 0;
  }
  return any ? key : std::string();
}

std::string squeeze(std::string_view folded) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(piece(folded));
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isalnum(c) != 0 || is_mark(c)) kept.append(c < 0x80 ? u_tolower(c) : c);
  }
  return to_utf8(kept);
}

}  // namespace clew::text::unicode
