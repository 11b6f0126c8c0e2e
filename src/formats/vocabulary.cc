#include "formats/vocabulary.h"

#include <cctype>
#include <vector>

#include "formats/vocabulary_words.h"
#include "text/fold.h"

namespace clew::formats {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "firstName" and "IDNumber" become "first Name" and "ID Number".
std::string without_camel(std::string_view header) {
  std::string out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = header[i];
    if (i > 0 && is_upper(c) &&
        (is_lower(header[i - 1]) ||
         (is_upper(header[i - 1]) && i + 1 < header.size() && is_lower(header[i + 1])))) {
      out += ' ';
    }
    out += c;
  }
  return out;
}

// Words of letters, and numbers apart from them.
std::vector<std::string> tokens_of(std::string_view folded) {
  std::vector<std::string> tokens;
  bool open = false, digit = false;
  for (const char c : folded) {
    const bool word = is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!word) {
      open = false;
      continue;
    }
    if (!open || digit != is_digit(c)) tokens.emplace_back();
    open = true;
    digit = is_digit(c);
    tokens.back() += c;
  }
  return tokens;
}

// Calls visit(entry) for each name of a list divided by "|" until it returns true.
template <typename Visit>
bool any_of_list(std::string_view list, const Visit& visit) {
  while (true) {
    const std::size_t bar = list.find('|');
    if (visit(list.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    list.remove_prefix(bar + 1);
  }
}

// Equality that overlooks every character which is neither a letter nor a digit in `entry`.
bool same_letters(std::string_view entry, std::string_view joined) {
  std::size_t at = 0;
  for (const char c : entry) {
    const bool word = is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!word) continue;
    if (at == joined.size() || joined[at] != c) return false;
    ++at;
  }
  return at == joined.size() && at > 0;
}

bool in_list(std::string_view list, std::string_view joined) {
  return any_of_list(list, [&](std::string_view entry) { return same_letters(entry, joined); });
}

const VocabularyLine* line_of(std::string_view joined) {
  for (const VocabularyLine& line : kVocabulary) {
    if (in_list(line.words, joined)) return &line;
  }
  return nullptr;
}

std::string join(const std::vector<std::string>& tokens, std::size_t from, std::size_t count) {
  std::string joined;
  for (std::size_t i = from; i < from + count; ++i) joined += tokens[i];
  return joined;
}

bool is_number(const std::string& token) { return is_digit(token[0]); }

struct Run {
  const VocabularyLine* line = nullptr;
  std::size_t from = 0, count = 0;
};

// The longest run of tokens that is a known name; of two equally long ones the later, because the
// noun stands last in English headers and the whole header was tried before.
Run longest_run(const std::vector<std::string>& tokens) {
  for (std::size_t count = tokens.size(); count > 0; --count) {
    for (std::size_t from = tokens.size() - count + 1; from-- > 0;) {
      if (const VocabularyLine* line = line_of(join(tokens, from, count)))
        return {line, from, count};
    }
  }
  return {};
}

bool mentions(const std::vector<std::string>& tokens, std::string_view list) {
  for (std::size_t from = 0; from < tokens.size(); ++from) {
    for (std::size_t count = 1; count <= 3 && from + count <= tokens.size(); ++count) {
      if (in_list(list, join(tokens, from, count))) return true;
    }
  }
  return false;
}

std::string without_bom(std::string_view text) {
  return std::string(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
}

}  // namespace

std::optional<HeaderMeaning> meaning_of(std::string_view header) {
  const std::string plain = without_bom(header);
  std::vector<std::string> tokens = tokens_of(text::fold(without_camel(plain)));
  const std::vector<std::string> unsplit = tokens_of(text::fold(plain));
  while (tokens.size() > 1 && is_number(tokens.back())) tokens.pop_back();
  if (tokens.empty()) return std::nullopt;
  for (const auto& whole : {join(tokens, 0, tokens.size()), join(unsplit, 0, unsplit.size())}) {
    if (const VocabularyLine* line = line_of(whole)) {
      return HeaderMeaning{line->role, line->kind, line->language, 1};
    }
  }
  if (mentions(tokens, kOthers))
    return HeaderMeaning{Role::ignored, "other_person", "English", 0.9};
  const Run run = longest_run(tokens);
  if (mentions(tokens, kRelatives)) {
    const bool name = run.line == nullptr || run.line->role == Role::given_name ||
                      run.line->role == Role::family_name || run.line->role == Role::full_name ||
                      run.line->role == Role::middle_name;
    if (name) return HeaderMeaning{Role::category, "relative", "English", 0.9};
    return HeaderMeaning{Role::ignored, "other_person", "English", 0.9};
  }
  if (run.line == nullptr) return std::nullopt;
  std::size_t covered = 0, all = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_number(tokens[i])) continue;
    const bool inside = i >= run.from && i < run.from + run.count;
    if (!inside && in_list(kWhose, tokens[i])) continue;
    all += tokens[i].size();
    if (inside) covered += tokens[i].size();
  }
  if (all == 0) return std::nullopt;
  const double share = static_cast<double>(covered) / static_cast<double>(all);
  return HeaderMeaning{run.line->role, run.line->kind, run.line->language, 0.95 * share};
}

model::DateOrder order_in_header(std::string_view header) {
  std::string joined;
  for (const std::string& token : tokens_of(text::fold(without_bom(header)))) joined += token;
  const auto says = [&](std::string_view list) {
    return any_of_list(list, [&](std::string_view form) { return joined.ends_with(form); });
  };
  if (says("ddmmyyyy|ddmmyy|jjmmaaaa|jjmmaa|ddmmaaaa|ddmmaa|ддммгггг|ддммгг|dmy")) {
    return model::DateOrder::day_first;
  }
  if (says("mmddyyyy|mmddyy|mmjjaaaa|mdy")) return model::DateOrder::month_first;
  if (says("yyyymmdd|yymmdd|aaaammjj|aaaammdd|ггггммдд|ymd")) return model::DateOrder::year_first;
  return model::DateOrder::unknown;
}

std::string field_name(std::string_view header) {
  std::string name;
  for (const char c : text::fold(without_bom(header))) {
    const bool word = is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (word) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name.empty() ? "column" : name;
}

}  // namespace clew::formats
