#include "model/phone.h"

#include <algorithm>

#include "text/fold.h"

namespace clew::model {
namespace {

struct Country {
  std::string_view code;
  std::string_view calling;
};

// ITU-T E.164 country codes, as assigned in 2024, of the countries that reports most often name.
constexpr Country kCountries[] = {
    {"AE", "971"}, {"AF", "93"},  {"AL", "355"}, {"AM", "374"}, {"AO", "244"}, {"AR", "54"},
    {"AT", "43"},  {"AU", "61"},  {"AZ", "994"}, {"BA", "387"}, {"BD", "880"}, {"BE", "32"},
    {"BF", "226"}, {"BG", "359"}, {"BJ", "229"}, {"BO", "591"}, {"BR", "55"},  {"BY", "375"},
    {"CA", "1"},   {"CD", "243"}, {"CF", "236"}, {"CG", "242"}, {"CH", "41"},  {"CI", "225"},
    {"CL", "56"},  {"CM", "237"}, {"CN", "86"},  {"CO", "57"},  {"CR", "506"}, {"CU", "53"},
    {"CY", "357"}, {"CZ", "420"}, {"DE", "49"},  {"DK", "45"},  {"DZ", "213"}, {"EC", "593"},
    {"EE", "372"}, {"EG", "20"},  {"ER", "291"}, {"ES", "34"},  {"ET", "251"}, {"FI", "358"},
    {"FR", "33"},  {"GA", "241"}, {"GB", "44"},  {"GE", "995"}, {"GH", "233"}, {"GM", "220"},
    {"GN", "224"}, {"GR", "30"},  {"GT", "502"}, {"GW", "245"}, {"HK", "852"}, {"HN", "504"},
    {"HR", "385"}, {"HT", "509"}, {"HU", "36"},  {"ID", "62"},  {"IE", "353"}, {"IL", "972"},
    {"IN", "91"},  {"IQ", "964"}, {"IR", "98"},  {"IT", "39"},  {"JM", "1"},   {"JO", "962"},
    {"JP", "81"},  {"KE", "254"}, {"KG", "996"}, {"KH", "855"}, {"KR", "82"},  {"KW", "965"},
    {"KZ", "7"},   {"LA", "856"}, {"LB", "961"}, {"LK", "94"},  {"LR", "231"}, {"LT", "370"},
    {"LV", "371"}, {"LY", "218"}, {"MA", "212"}, {"MD", "373"}, {"ME", "382"}, {"MG", "261"},
    {"MK", "389"}, {"ML", "223"}, {"MM", "95"},  {"MN", "976"}, {"MR", "222"}, {"MW", "265"},
    {"MX", "52"},  {"MY", "60"},  {"MZ", "258"}, {"NE", "227"}, {"NG", "234"}, {"NI", "505"},
    {"NL", "31"},  {"NO", "47"},  {"NP", "977"}, {"NZ", "64"},  {"PA", "507"}, {"PE", "51"},
    {"PH", "63"},  {"PK", "92"},  {"PL", "48"},  {"PT", "351"}, {"PY", "595"}, {"RO", "40"},
    {"RS", "381"}, {"RU", "7"},   {"RW", "250"}, {"SA", "966"}, {"SD", "249"}, {"SE", "46"},
    {"SG", "65"},  {"SI", "386"}, {"SK", "421"}, {"SL", "232"}, {"SN", "221"}, {"SO", "252"},
    {"SS", "211"}, {"SV", "503"}, {"SY", "963"}, {"TD", "235"}, {"TG", "228"}, {"TH", "66"},
    {"TJ", "992"}, {"TM", "993"}, {"TN", "216"}, {"TR", "90"},  {"TZ", "255"}, {"UA", "380"},
    {"UG", "256"}, {"US", "1"},   {"UY", "598"}, {"UZ", "998"}, {"VE", "58"},  {"VN", "84"},
    {"XK", "383"}, {"YE", "967"}, {"ZA", "27"},  {"ZM", "260"}, {"ZW", "263"}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string folded_of(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string out = ascii ? std::string(text) : text::fold(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Where an extension begins, or the size of the text. The first digits never belong to one.
std::size_t extension_at(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) ++digits;
    if (digits < 5) continue;
    if (text[i] == 'x' || text[i] == '#' || text.substr(i, 3) == "ext") return i;
  }
  return text.size();
}

// The number as it is dialled abroad, without "+", from the one dialled at home.
std::string international(std::string digits, std::string_view country, std::string_view calling) {
  if (calling == "7" && digits.size() == 11 && digits[0] == '8') return "7" + digits.substr(1);
  if ((calling == "1" || calling == "7") && digits.size() == 11 && digits[0] == calling[0]) {
    return digits;
  }
  // Italy keeps the zero of its fixed lines abroad.
  if (digits[0] == '0' && country != "IT") digits.erase(0, 1);
  return std::string(calling) + digits;
}

}  // namespace

std::string_view calling_code(std::string_view country) {
  const auto* at =
      std::lower_bound(std::begin(kCountries), std::end(kCountries), country,
                       [](const Country& c, std::string_view code) { return c.code < code; });
  return at != std::end(kCountries) && at->code == country ? at->calling : std::string_view();
}

std::string normalise_phone(std::string_view text, std::string_view default_country) {
  const std::string folded = folded_of(text);
  const std::string_view body = std::string_view(folded).substr(0, extension_at(folded));
  const std::size_t first = body.find_first_of("0123456789");
  if (first == std::string_view::npos) return {};
  bool abroad = body.substr(0, first).find('+') != std::string_view::npos;
  std::string digits;
  for (std::size_t i = first; i < body.size(); ++i) {
    if (abroad && body.substr(i, 3) == "(0)") i += 2;
    if (i < body.size() && is_digit(body[i])) digits += body[i];
  }
  if (!abroad && digits.size() > 8 && digits.starts_with("00") && digits[2] != '0') {
    digits.erase(0, 2);
    abroad = true;
  }
  if (digits.size() < 5) return {};
  if (abroad) return "+" + digits;
  const std::string_view calling = calling_code(default_country);
  return calling.empty() ? digits : "+" + international(digits, default_country, calling);
}

bool looks_like_phone(std::string_view text) {
  const std::string folded = folded_of(text);
  const std::string_view body = std::string_view(folded).substr(0, extension_at(folded));
  std::size_t digits = 0;
  for (const char c : body) {
    if (is_digit(c)) {
      ++digits;
    } else if (std::string_view(" +-.()/").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits >= 7 && digits <= 15;
}

}  // namespace clew::model
