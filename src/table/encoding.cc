#include "table/encoding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "table/utf8.h"

namespace clew::table {
namespace {

constexpr char kNotUtf8 = '\xFF';
constexpr double kMarginNats = 10;      // no doubt: e^10 times likelier
constexpr double kQualityNats = -4.25;  // per byte; bytes drawn at random would have -4.85
constexpr double kFloor = 0.03 / 128;   // probability of a byte the language does not use

// Letters beyond ASCII that a language uses, the most frequent first. Both sides of the comparison
// take the frequency of the n-th letter as 1 / (n + 1): enough to tell code pages apart.
struct Language {
  std::u16string_view lower;
  std::u16string_view upper;
  bool latin = true;
};

constexpr std::array kWestern{
    Language{u"éèàêçôîâûïëùœü", u"ÉÈÀÊÇÔÎÂÛÏËÙŒÜ"},            // French
    Language{u"óíáñéúü", u"ÓÍÁÑÉÚÜ"},                          // Spanish
    Language{u"ãçáéóêíõâúàôü", u"ÃÇÁÉÓÊÍÕÂÚÀÔÜ"},              // Portuguese
    Language{u"üäößé", u"ÜÄÖÉ"},                               // German
    Language{u"àèùòìé", u"ÀÈÙÒÌÉ"},                            // Italian
    Language{u"åäöøæéü", u"ÅÄÖØÆÉÜ"},                          // Nordic
    Language{u"áíðéöóæþúý", u"ÁÍÐÉÖÓÆÞÚÝ"},                    // Icelandic
    Language{u"éóíáñüöçäèëãåøôêâàï", u"ÉÓÍÁÑÜÖÇÄÈËÃÅØÔÊÂÀÏ"},  // a mixture, as in lists of names
};
constexpr std::array kCentral{
    Language{u"łęąóśżćńź", u"ŁĘĄÓŚŻĆŃŹ"},                        // Polish
    Language{u"íáéýěřčšžůúťďňóľôĺŕä", u"ÍÁÉÝĚŘČŠŽŮÚŤĎŇÓĽÔĹŔÄ"},  // Czech and Slovak
    Language{u"áéöőíóüűú", u"ÁÉÖŐÍÓÜŰÚ"},                        // Hungarian
    Language{u"čšžćđ", u"ČŠŽĆĐ"},                                // Croatian, Slovene
    Language{u"ăîşâţ", u"ĂÎŞÂŢ"},                                // Romanian
};
constexpr std::array kTurkish{Language{u"ıışüğçöâî", u"İŞÜĞÇÖÂÎ"}};
constexpr std::array kCyrillic{
    Language{u"аоеинртвлскмдуьпягыбзчйжхшюцщэфъё", u"АОЕИНРТВЛСКМДУЬПЯГЫБЗЧЙЖХШЮЦЩЭФЪЁ", false},
    Language{u"аоинеівртлкуясмдпбзьгйчхїшцжюєщфґ", u"АОИНЕІВРТЛКУЯСМДПБЗЬГЙЧХЇШЦЖЮЄЩФҐ", false},
    Language{u"аиоентрвслкдмпъугзбчяйжшцхщюф", u"АИОЕНТРВСЛКДМПЪУГЗБЧЯЙЖШЦХЩЮФ", false},
};
constexpr std::array kArabic{
    Language{u"اليمونرتدبةعهحسفكقأجشصىخذإطضزئثءغؤظآ", u"", false},  // Arabic
    Language{u"اينردمهوتبشسلكزفقعخجگحپصطچءضذآغثظژئ", u"", false},   // Persian
};
constexpr std::array kGreek{
    Language{u"αοιετσνηυρπκμλςίόγάδέήωθύχβφξώζψ", u"ΑΟΙΕΤΣΝΗΥΡΠΚΜΛΓΔΩΘΧΒΦΞΖΨ", false}};
constexpr std::array kHebrew{Language{u"יוהלאמרתבנשדעחםכקפגזטסצןץףך", u"", false}};

// The languages of each of code_pages(), in the same order.
constexpr std::array<std::span<const Language>, 13> kLanguages{
    kWestern,  kCyrillic, kArabic,   kCentral, kGreek,   kTurkish, kHebrew,
    kCyrillic, kCyrillic, kCyrillic, kArabic,  kWestern, kWestern};

// What stands before a byte above 127.
enum Context : std::size_t { after_lower, after_upper, after_high, after_other };
constexpr std::size_t kContexts = 4;

using Counts = std::array<std::array<std::uint32_t, 128>, kContexts>;

Context context_of(unsigned char before) {
  if (before >= 0x80) return after_high;
  if (before >= 'a' && before <= 'z') return after_lower;
  if (before >= 'A' && before <= 'Z') return after_upper;
  return after_other;
}

// Punctuation and blanks that mean the same in all Windows code pages decide nothing.
bool is_shared(unsigned byte) {
  return byte == 0x80 || byte == 0x85 || (byte >= 0x91 && byte <= 0x97) || byte == 0xA0 ||
         byte == 0xAB || byte == 0xBB;
}

Counts count_high(std::string_view bytes) {
  Counts counts{};
  unsigned char before = ',';
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && !is_shared(byte)) ++counts[context_of(before)][byte - 0x80U];
    before = byte;
  }
  return counts;
}

double share_of(std::u16string_view letters, char16_t letter) {
  const std::size_t rank = letters.find(letter);
  if (letter == 0 || rank == std::u16string_view::npos) return 0;
  double total = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) total += 1.0 / static_cast<double>(i + 1);
  return 1.0 / static_cast<double>(rank + 1) / total;
}

std::uint32_t seen(const Counts& counts, std::size_t byte) {
  std::uint32_t sum = 0;
  for (const auto& of_context : counts) sum += of_context[byte];
  return sum;
}

// The share of capitals after each kind of byte, in ordinary text and in text all in capitals.
using UpperShares = std::array<double, kContexts>;
constexpr std::array kCases{UpperShares{0.02, 0.7, 0.1, 0.5}, UpperShares{0.1, 0.98, 0.9, 0.9}};

// Log-likelihood of the counted bytes, were they this language in this code page.
double likelihood(const Counts& counts, const CodePage& page, const Language& language,
                  const UpperShares& upper_shares) {
  double sum = 0;
  for (std::size_t byte = 0; byte < 128; ++byte) {
    if (seen(counts, byte) == 0) continue;
    const double lower = share_of(language.lower, (*page.letters)[byte]);
    const double upper = share_of(language.upper, (*page.letters)[byte]);
    for (std::size_t context = 0; context < kContexts; ++context) {
      const double count = counts[context][byte];
      if (count == 0) continue;
      const double capital = language.upper.empty() ? 0 : upper_shares[context];
      double p = 0.97 * (lower * (1 - capital) + upper * capital);
      // Words are of one script: runs of high bytes speak against Latin, lone ones for it.
      const bool in_latin = context == after_lower || context == after_upper;
      if (language.latin && context == after_high) p *= 0.1;
      if (!language.latin && in_latin) p *= 0.02;
      sum += count * std::log(p + kFloor);
    }
  }
  return sum;
}

bool reads_alike(const Counts& counts, const CodePage& a, const CodePage& b) {
  for (std::size_t byte = 0; byte < 128; ++byte) {
    if (seen(counts, byte) > 0 && (*a.letters)[byte] != (*b.letters)[byte]) return false;
  }
  return true;
}

struct Verdict {
  const CodePage* page = nullptr;  // null: there is doubt
  std::string likely;              // names of the likeliest pages; empty when none is plausible
};

Verdict judge(std::string_view bytes) {
  const Counts counts = count_high(bytes);
  double total = 0;
  for (const auto& of_context : counts) {
    for (const std::uint32_t count : of_context) total += count;
  }
  const std::span<const CodePage> pages = code_pages();
  std::vector<std::pair<double, std::size_t>> ranking;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    double best = -1e300;
    for (const Language& language : kLanguages[i]) {
      for (const UpperShares& shares : kCases) {
        best = std::max(best, likelihood(counts, pages[i], language, shares));
      }
    }
    ranking.emplace_back(-best, i);
  }
  std::sort(ranking.begin(), ranking.end());
  const bool plausible = total > 0 && -ranking[0].first >= kQualityNats * total;
  Verdict verdict;
  if (!plausible) return verdict;
  for (std::size_t i = 0; i < 3; ++i) {
    verdict.likely += i == 0 ? "" : i == 2 ? " or " : ", ";
    verdict.likely += pages[ranking[i].second].name;
  }
  // Pages that read the bytes alike are one answer; take the first of ours among them.
  const CodePage& best = pages[ranking[0].second];
  const CodePage* ours = nullptr;
  for (std::size_t i = 0; i < kConvertible && ours == nullptr; ++i) {
    if (reads_alike(counts, best, pages[i])) ours = &pages[i];
  }
  if (ours == nullptr) return verdict;
  for (const auto& [loss, i] : ranking) {
    const bool near = loss - ranking[0].first < kMarginNats;
    if (near && !reads_alike(counts, best, pages[i])) return verdict;
  }
  verdict.page = ours;
  return verdict;
}

struct Utf8Census {
  std::uint64_t letters = 0;  // sequences of two bytes or more
  std::uint64_t faults = 0;   // bytes that are no part of UTF-8
  std::uint64_t nul_even = 0, nul_odd = 0;
};

Utf8Census census_of(std::string_view bytes, bool whole) {
  Utf8Census census;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] == '\0') ++(at % 2 == 0 ? census.nul_even : census.nul_odd);
    const std::size_t length = utf8_length(bytes.substr(at));
    // A sequence that the end of the excerpt cuts off is no fault.
    if (length == 0 && !whole && at + 3 >= bytes.size()) break;
    census.letters += length > 1 ? 1U : 0U;
    census.faults += length == 0 ? 1U : 0U;
    at += std::max<std::size_t>(length, 1);
  }
  return census;
}

class CodePageSource : public ByteSource {
 public:
  CodePageSource(std::unique_ptr<ByteSource> source, const CodePage& page)
      : source_(std::move(source)) {
    for (std::size_t byte = 0; byte < 128; ++byte) {
      const char16_t letter = (*page.letters)[byte];
      if (letter == 0) utf8_[byte] = kNotUtf8;
      if (letter != 0) append_utf8(utf8_[byte], letter);
    }
  }

  Result<std::size_t> read(char* into, std::size_t bytes) override {
    if (at_ == converted_.size()) TRY(convert());
    const std::size_t here = std::min(bytes, converted_.size() - at_);
    std::copy_n(converted_.data() + at_, here, into);
    at_ += here;
    return here;
  }

 private:
  Result<void> convert() {
    std::array<char, 1U << 14> raw;
    const std::size_t got = TRY(source_->read(raw.data(), raw.size()));
    converted_.clear();
    at_ = 0;
    for (std::size_t i = 0; i < got; ++i) {
      const auto byte = static_cast<unsigned char>(raw[i]);
      if (byte < 0x80) {
        converted_ += raw[i];
      } else {
        converted_ += utf8_[byte - 0x80U];
      }
    }
    return {};
  }

  std::unique_ptr<ByteSource> source_;
  std::array<std::string, 128> utf8_;
  std::string converted_;
  std::size_t at_ = 0;
};

class Utf16Source : public ByteSource {
 public:
  Utf16Source(std::unique_ptr<ByteSource> source, bool big)
      : source_(std::move(source)), big_(big) {}

  Result<std::size_t> read(char* into, std::size_t bytes) override {
    while (at_ == converted_.size() && !ended_) TRY(convert());
    const std::size_t here = std::min(bytes, converted_.size() - at_);
    std::copy_n(converted_.data() + at_, here, into);
    at_ += here;
    return here;
  }

 private:
  Result<void> convert() {
    std::array<char, 1U << 14> raw;
    const std::size_t got = TRY(source_->read(raw.data(), raw.size()));
    converted_.clear();
    at_ = 0;
    for (std::size_t i = 0; i < got; ++i) {
      const std::uint32_t byte = static_cast<unsigned char>(raw[i]);
      if (std::exchange(half_, !half_)) {
        take(big_ ? first_ << 8 | byte : byte << 8 | first_);
      } else {
        first_ = byte;
      }
    }
    if (got == 0) {
      ended_ = true;
      if (half_ || high_ != 0) converted_ += kNotUtf8;
    }
    return {};
  }

  void take(std::uint32_t unit) {
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    const std::uint32_t high = std::exchange(high_, 0);
    if (high != 0 && low) {
      append_utf8(converted_, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      return;
    }
    if (high != 0 || low) converted_ += kNotUtf8;
    if (low) return;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else {
      append_utf8(converted_, unit);
    }
  }

  std::unique_ptr<ByteSource> source_;
  bool big_;
  bool half_ = false;  // first_ waits for its other half
  bool ended_ = false;
  std::uint32_t first_ = 0;
  std::uint32_t high_ = 0;  // a high surrogate that waits for a low one
  std::string converted_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Encoding> find_encoding(std::string_view first_bytes, bool whole) {
  using std::string_view_literals::operator""sv;
  if (first_bytes.starts_with("\xEF\xBB\xBF"sv)) return Encoding{.mark_bytes = 3};
  if (first_bytes.starts_with("\xFF\xFE\0\0"sv) || first_bytes.starts_with("\0\0\xFE\xFF"sv)) {
    return fail(ErrorCode::invalid_input, "the text is UTF-32; save it as UTF-8");
  }
  if (first_bytes.starts_with("\xFF\xFE"sv)) {
    return Encoding{"UTF-16", Transform::utf16_little, nullptr, 2};
  }
  if (first_bytes.starts_with("\xFE\xFF"sv)) {
    return Encoding{"UTF-16", Transform::utf16_big, nullptr, 2};
  }
  const Utf8Census census = census_of(first_bytes, whole);
  const std::uint64_t nuls = census.nul_even + census.nul_odd;
  if (nuls * 10 > first_bytes.size()) {
    const bool one_side = std::min(census.nul_even, census.nul_odd) * 20 < nuls;
    return fail(ErrorCode::invalid_input,
                one_side ? "the text seems to be UTF-16 without a byte order mark; save it as UTF-8"
                         : "this is a binary file, not text");
  }
  if (census.faults == 0 || census.letters * 4 >= census.faults) return Encoding{};
  const Verdict verdict = judge(first_bytes);
  if (verdict.page != nullptr) {
    return Encoding{std::string(verdict.page->name), Transform::code_page, verdict.page, 0};
  }
  const bool few = census.faults <= 3 || census.faults * 1000 <= first_bytes.size();
  if (few) return Encoding{};
  return fail(ErrorCode::invalid_input,
              verdict.likely.empty()
                  ? "the text is not UTF-8, and its encoding is not recognised; save it as UTF-8"
                  : "the text is not UTF-8 but probably " + verdict.likely + "; save it as UTF-8");
}

std::unique_ptr<ByteSource> to_utf8(std::unique_ptr<ByteSource> source, const Encoding& encoding) {
  switch (encoding.transform) {
    case Transform::none:
      break;
    case Transform::utf16_little:
    case Transform::utf16_big:
      return std::make_unique<Utf16Source>(std::move(source),
                                           encoding.transform == Transform::utf16_big);
    case Transform::code_page:
      return std::make_unique<CodePageSource>(std::move(source), *encoding.page);
  }
  return source;
}

}  // namespace clew::table
