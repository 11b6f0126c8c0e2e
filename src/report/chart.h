// Charts as SVG that takes its colours from the page; each has a title, a description and a table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report/waterfall.h"

namespace clew::report {

// What a screen reader says in place of the picture. `id` is unique within the page.
struct ChartText {
  std::string id;
  std::string title;
  std::string description;
};

std::string waterfall_svg(const Waterfall& waterfall, const ChartText& text);

// A horizontal bar from zero, to the left when the value is negative.
struct BarRow {
  std::string label;
  std::string figure;  // the value as it is written beside the bar
  double value = 0;
  bool heading = false;  // begins a group: a label without a bar
};
std::string bars_svg(std::span<const BarRow> rows, const ChartText& text);

// How many pairs have a probability from `low` to `high`, on a logarithmic scale of counts.
struct CountColumn {
  double low = 0, high = 0;
  std::uint64_t count = 0;
};
std::string distribution_svg(std::span<const CountColumn> columns, const ChartText& text);

// Predicted against observed shares, both in [0, 1], with an interval on the observed one.
struct CalibrationMark {
  double predicted = 0, observed = 0;
  double observed_low = 0, observed_high = 0;
};
std::string calibration_svg(std::span<const CalibrationMark> marks, const ChartText& text);

// A figure: caption, picture and, folded away or open, the table that says the same.
enum class Table : std::uint8_t { folded, open };
std::string figure(const ChartText& text, const std::string& svg, const std::string& table,
                   Table shown = Table::folded);

}  // namespace clew::report
