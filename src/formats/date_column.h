// A column of dates: its order decided for each source, its excess of 1 January found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/normalise.h"
#include "model/date.h"
#include "table/table.h"

namespace clew::formats {

// How the dates of one source in one column are read.
struct DateManner {
  model::DateOrder order = model::DateOrder::unknown;
  double january_excess = 0;  // 0: 1 January is a day like any other

  // Columns of the same manner read a value alike.
  std::size_t number() const {
    return static_cast<std::size_t>(order) * 2 + (january_excess > 0 ? 1 : 0);
  }
};

inline constexpr std::size_t kMannersMax = 10;

class DateColumn {
 public:
  // `source_of_row` gives the source of each row, all below `sources`. `order` other than unknown
  // holds for all sources. Keeps a pointer to the column.
  DateColumn(const table::Column* column, const std::vector<std::uint16_t>& source_of_row,
             std::size_t sources, model::DateOrder order, int year_now);

  const DateManner& manner_of(std::uint16_t source) const { return manners_[source]; }

  // Reads one raw value. A full date on 1 January gives its year alone where 1 January is in
  // excess, and nothing where that very day is a filler (1900-01-01 far more often than any other
  // date).
  Normal read(std::uint32_t raw, const DateManner& manner, const NormaliseOptions& options) const;

 private:
  struct Counted {
    std::uint32_t raw = 0;
    std::uint32_t count = 0;
  };
  DateManner decide(const std::vector<Counted>& values, model::DateOrder order) const;
  void find_fillers(const std::vector<Counted>& values);

  const table::Column* column_;
  int year_now_;
  std::vector<DateManner> manners_;   // per source
  std::vector<std::string> fillers_;  // canonical dates that stand for "not known"
};

// The newest year that a column's full dates give, leaving out the last thousandth; 0 when there is
// none.
int newest_year(const table::Column& column);

// Whether a raw date names its century.
bool has_full_year(std::string_view raw);

}  // namespace clew::formats
