// Placeholders: values that stand for "not known". The one policy of the project for all formats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clew::model {

// What a value is, as far as placeholders look different in it.
enum class ValueKind : std::uint8_t { text, name, date, identifier, email };

// Says why a folded value (text/fold.h) stands for "not known", or "" when it does not. Judges by
// meaning
// ("unknown", "n/a", "?", in five languages) and by shape (one digit repeated, 123456789,
// 9999-99-99). `share` is the part of the field's filled values that are this one: words such as
// "na" that are also somebody's name count only in a name field that holds 1% of them. A frequent
// real name or place is never a placeholder.
std::string placeholder_reason(std::string_view folded, ValueKind kind, double share);

// Says whether a squeezed identifier (text/fold.h) is built like a dummy: at most two different
// digits, a run up or down (12345678), or a short pattern repeated (121212, 123123).
bool is_dummy_shape(std::string_view squeezed);

// Says whether a folded e-mail address is built like a dummy: none@, test@, noemail@, @example.com.
bool is_dummy_email(std::string_view folded);

// Returns the count above which a value of a nearly unique field (documents, e-mails, phones) that
// is also built like a dummy is one: 50, or 20 times the 99.9th percentile of the field's counts
// (the 99th of fewer than 10,000 values), whichever is larger. A frequent value of ordinary shape
// is a shared number, not a placeholder.
std::uint64_t dummy_count_min(std::vector<std::uint32_t> counts);

// How often full dates fall on each day of the year. 1 January in excess stands for "year known".
class DayCounts {
 public:
  // Counts a canonical date (link/records.h); partial dates and intervals are left out.
  void add(std::string_view canonical, std::uint64_t count);

  // How many times as frequent as the median day 1 January is, or 0 when it is not in excess: 20
  // times at most, or at most 5 times the median.
  double january_excess() const;

 private:
  std::vector<std::uint64_t> of_day_ = std::vector<std::uint64_t>(12 * 31, 0);
};

}  // namespace clew::model
