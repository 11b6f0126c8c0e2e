#include "reference/similarity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace clew::reference {
namespace {

using Words = std::vector<std::string>;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Words split(std::string_view text) {
  Words found(1);
  for (const char c : text) {
    const bool part = is_letter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) > 127;
    if (part) {
      found.back().push_back(c);
    } else if (!found.back().empty()) {
      found.emplace_back();
    }
  }
  if (found.back().empty()) found.pop_back();
  return found;
}

// The most words of a from number `from` on that can be paired with words of b not yet used.
std::size_t most_pairs(const Words& a, std::size_t from, const Words& b, std::vector<bool> used) {
  if (from == a.size()) return 0;
  std::size_t best = most_pairs(a, from + 1, b, used);
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (used[j]) continue;
    const bool long_enough = a[from].size() >= 5 && b[j].size() >= 5;
    if (a[from] == b[j] || (long_enough && osa(a[from], b[j]) == 1)) {
      std::vector<bool> used_then = used;
      used_then[j] = true;
      best = std::max(best, 1 + most_pairs(a, from + 1, b, used_then));
    }
  }
  return best;
}

int edits(std::string_view a, std::string_view b, bool swaps) {
  std::vector<std::vector<int>> cost(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = static_cast<int>(i + j);
        continue;
      }
      const int removed = cost[i - 1][j] + 1;
      const int added = cost[i][j - 1] + 1;
      const int replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({removed, added, replaced});
      if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

char soundex_digit(char c) {
  if (std::string_view("bfpv").find(c) != std::string_view::npos) return '1';
  if (std::string_view("cgjkqsxz").find(c) != std::string_view::npos) return '2';
  if (std::string_view("dt").find(c) != std::string_view::npos) return '3';
  if (c == 'l') return '4';
  if (c == 'm' || c == 'n') return '5';
  if (c == 'r') return '6';
  return '0';
}

std::array<double, 3> on_unit_sphere(double latitude, double longitude) {
  const double up = latitude * std::numbers::pi / 180;
  const double round = longitude * std::numbers::pi / 180;
  return {std::cos(up) * std::cos(round), std::cos(up) * std::sin(round), std::sin(up)};
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1;
  const int size_a = static_cast<int>(a.size());
  const int size_b = static_cast<int>(b.size());
  const int window = std::max(std::max(size_a, size_b) / 2 - 1, 0);
  std::vector<bool> matched_a(a.size());
  std::vector<bool> matched_b(b.size());
  for (int i = 0; i < size_a; ++i) {
    for (int j = 0; j < size_b; ++j) {
      const auto at_a = static_cast<std::size_t>(i);
      const auto at_b = static_cast<std::size_t>(j);
      if (std::abs(i - j) <= window && a[at_a] == b[at_b] && !matched_b[at_b]) {
        matched_a[at_a] = true;
        matched_b[at_b] = true;
        break;
      }
    }
  }
  std::string letters_a;
  std::string letters_b;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (matched_a[i]) letters_a.push_back(a[i]);
  }
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (matched_b[j]) letters_b.push_back(b[j]);
  }
  if (letters_a.empty()) return 0;
  int out_of_order = 0;
  for (std::size_t k = 0; k < letters_a.size(); ++k) {
    if (letters_a[k] != letters_b[k]) ++out_of_order;
  }
  const double matches = static_cast<double>(letters_a.size());
  const int transpositions = out_of_order / 2;
  const double jaro =
      (matches / size_a + matches / size_b + (matches - transpositions) / matches) / 3;
  if (jaro <= 0.7) return jaro;
  int prefix = 0;
  while (prefix < 4 && prefix < size_a && prefix < size_b &&
         a[static_cast<std::size_t>(prefix)] == b[static_cast<std::size_t>(prefix)]) {
    ++prefix;
  }
  return jaro + prefix * 0.1 * (1 - jaro);
}

int levenshtein(std::string_view a, std::string_view b) { return edits(a, b, false); }

int osa(std::string_view a, std::string_view b) { return edits(a, b, true); }

double token_overlap(std::string_view a, std::string_view b) {
  const Words words_a = split(a);
  const Words words_b = split(b);
  if (words_a.empty() || words_b.empty()) return 0;
  const std::size_t pairs = most_pairs(words_a, 0, words_b, std::vector<bool>(words_b.size()));
  return static_cast<double>(pairs) / static_cast<double>(std::min(words_a.size(), words_b.size()));
}

std::string soundex(std::string_view a) {
  std::string word;
  for (const char c : a) {
    if (is_letter(c)) {
      word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (c != '\'' && !word.empty()) {
      break;
    }
  }
  if (word.empty()) return "";
  // h and w inside the word vanish first; then equal neighbouring digits melt into one; then the
  // vowels go, and the first letter stands for its own digit.
  std::string digits(1, soundex_digit(word[0]));
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (word[i] != 'h' && word[i] != 'w') digits.push_back(soundex_digit(word[i]));
  }
  digits.erase(std::unique(digits.begin(), digits.end()), digits.end());
  std::string code(1, word[0]);
  for (const char digit : digits.substr(1)) {
    if (digit != '0' && code.size() < 4) code.push_back(digit);
  }
  return code;
}

double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  const auto p = on_unit_sphere(latitude_a, longitude_a);
  const auto q = on_unit_sphere(latitude_b, longitude_b);
  const double dot = p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const double x = p[1] * q[2] - p[2] * q[1];
  const double y = p[2] * q[0] - p[0] * q[2];
  const double z = p[0] * q[1] - p[1] * q[0];
  return 6371.0088 * std::atan2(std::sqrt(x * x + y * y + z * z), dot);
}

}  // namespace clew::reference
