// Feeds any bytes to the readers of dates, ages and phones: what they accept must be canonical.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "model/date.h"
#include "model/phone.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using clew::model::DateOrder;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const DateOrder order : {DateOrder::unknown, DateOrder::year_first, DateOrder::day_first,
                                DateOrder::month_first, DateOrder::ambiguous}) {
    const auto reading = clew::model::read_date(text, order, 2024);
    CHECK(reading.canonical.size() <= 2);
    for (const std::string& canonical : reading.canonical) {
      CHECK(clew::model::interval_from_canonical(canonical).has_value());
    }
  }
  if (const auto age = clew::model::read_age(text)) {
    const auto born = clew::model::birth_interval(*age, clew::model::day_from_civil(2024, 2, 29));
    CHECK(born.first <= born.last);
  }
  const std::string phone = clew::model::normalise_phone(text, "FR");
  CHECK(clew::model::normalise_phone(phone, "FR") == phone);
  (void)clew::model::interval_from_canonical(text);
  (void)clew::model::decide_order({text}, {1}, 2024);
  return 0;
}
