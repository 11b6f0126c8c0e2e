#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/page.h"

namespace clew::report {
namespace {

constexpr double kWidth = 760;

std::string open_svg(const ChartText& text, double width, double height,
                     std::string_view css = "") {
  return fmt::format(
      "<svg{4} role=\"img\" aria-labelledby=\"{0}-t {0}-d\" viewBox=\"0 0 {2:.0f} {3:.0f}\">\n"
      "<title id=\"{0}-t\">{1}</title>\n<desc id=\"{0}-d\">{5}</desc>\n",
      escaped(text.id), escaped(text.title), width, height, css, escaped(text.description));
}

std::string label(double x, double y, std::string_view css, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, css,
                     escaped(text));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view css) {
  return fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", x1, y1, x2,
      y2, css);
}

std::string box(double x, double y, double width, double height, std::string_view css) {
  return fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>\n", x, y,
      std::max(width, 1.0), height, css);
}

std::string dot(double x, double y, double radius, std::string_view css) {
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"{}\"/>\n", x, y,
                     radius, css);
}

std::string_view name_of(Direction direction) {
  switch (direction) {
    case Direction::start:
      return "start";
    case Direction::raises:
      return "raises";
    case Direction::lowers:
      return "lowers";
    case Direction::none:
      return "none";
    case Direction::total:
      return "total";
  }
  return "";
}

// 1, 2 or 5 times a power of ten, so that about `steps` of them cover the range.
double round_step(double range, int steps) {
  const double rough = range / steps;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) return factor * power;
  }
  return 10 * power;
}

// Maps values to the columns of a picture.
class Scale {
 public:
  Scale(double low, double high, double from, double to)
      : low_(low), span_(std::max(high - low, 1e-9)), from_(from), to_(to) {}
  double operator()(double value) const { return from_ + (value - low_) / span_ * (to_ - from_); }

 private:
  double low_, span_, from_, to_;
};

std::string bits_axis(double low, double high, const Scale& x, double top, double bottom) {
  std::string out;
  const double step = round_step(std::max(high - low, 1.0), 6);
  for (double at = std::ceil(low / step) * step; at <= high + 1e-9; at += step) {
    out += line(x(at), top, x(at), bottom, std::abs(at) < 1e-9 ? "axis" : "grid");
    const std::string sign = at < -1e-9 ? "−" : at > 1e-9 ? "+" : "";
    out += label(x(at), top - 6, "s m", fmt::format("{}{:g}", sign, std::abs(at)));
  }
  return out;
}

}  // namespace

std::string waterfall_svg(const Waterfall& waterfall, const ChartText& text) {
  constexpr double kRow = 25, kTop = 24, kBar = 13;
  const double bottom = kTop + kRow * static_cast<double>(waterfall.rows.size());
  const Scale x(waterfall.low, waterfall.high, 372, kWidth - 14);
  std::string out = open_svg(text, kWidth, bottom + 4);
  out += label(348, kTop - 6, "s e", "bits");
  out += bits_axis(waterfall.low, waterfall.high, x, kTop, bottom);
  double y = kTop;
  for (const WaterfallRow& row : waterfall.rows) {
    const bool total = row.direction == Direction::total;
    if (total) out += line(0, y, kWidth, y, "axis");
    out += label(0, y + 17, total ? "b" : "t", fitted(row.label, 44));
    out += label(348, y + 17, total ? "b e" : "e", signed_bits(row.bits));
    const double left = x(std::min(row.from, row.to)), right = x(std::max(row.from, row.to));
    if (row.bits != 0)
      out += box(left, y + (kRow - kBar) / 2, right - left, kBar, name_of(row.direction));
    // A thread from bar to bar shows that each begins where the last ended.
    if (!total) out += line(x(row.to), y + (kRow - kBar) / 2, x(row.to), y + kRow + 6, "axis");
    y += kRow;
  }
  return out + "</svg>\n";
}

std::string bars_svg(std::span<const BarRow> rows, const ChartText& text) {
  constexpr double kRow = 23, kTop = 6, kBar = 12, kFigure = 70;
  double low = 0, high = 0;
  for (const BarRow& row : rows) {
    low = std::min(low, row.value);
    high = std::max(high, row.value);
  }
  const double bottom = kTop + kRow * static_cast<double>(rows.size());
  const Scale x(low, high, low < 0 ? 250 + kFigure : 250, kWidth - kFigure);
  std::string out = open_svg(text, kWidth, bottom + 4);
  double y = kTop;
  for (const BarRow& row : rows) {
    if (row.heading) {
      out += label(0, y + 17, "b", fitted(row.label, 60));
    } else {
      out += label(12, y + 16, "t", fitted(row.label, 34));
      const double left = x(std::min(row.value, 0.0)), right = x(std::max(row.value, 0.0));
      out +=
          box(left, y + (kRow - kBar) / 2, right - left, kBar, row.value < 0 ? "lowers" : "raises");
      out += row.value < 0 ? label(left - 6, y + 16, "s e", row.figure)
                           : label(right + 6, y + 16, "s", row.figure);
      out += line(x(0), y, x(0), y + kRow, "axis");
    }
    y += kRow;
  }
  return out + "</svg>\n";
}

std::string distribution_svg(std::span<const CountColumn> columns, const ChartText& text) {
  constexpr double kHeight = 260, kTop = 16, kBottom = 212;
  std::uint64_t most = 1;
  for (const CountColumn& column : columns) most = std::max(most, column.count);
  const double decades = std::max(1.0, std::ceil(std::log10(static_cast<double>(most))));
  // One pair stands a little above the ground, so that it differs from none.
  const Scale y(-0.25, decades, kBottom, kTop);
  const Scale x(0, 1, 90, kWidth - 20);
  std::string out = open_svg(text, kWidth, kHeight);
  for (double decade = 0; decade <= decades; decade += decades > 6 ? 2 : 1) {
    out += line(90, y(decade), kWidth - 20, y(decade), "grid");
    out += label(80, y(decade) + 4, "s e", grouped(std::pow(10, decade)));
  }
  for (const CountColumn& column : columns) {
    if (column.count == 0) continue;
    const double middle = x((column.low + column.high) / 2);
    const double top = y(std::log10(static_cast<double>(column.count)));
    out += line(middle, kBottom, middle, top, "mark") + dot(middle, top, 3.5, "raises");
  }
  out += line(90, kBottom, kWidth - 20, kBottom, "axis");
  for (int tick = 0; tick <= 10; tick += 2) {
    out += label(x(tick / 10.0), kBottom + 18, "s m", fmt::format("{:.1f}", tick / 10.0));
  }
  out += label(x(0.5), kBottom + 40, "s m", "probability that the pair is one person");
  return out + "</svg>\n";
}

std::string calibration_svg(std::span<const CalibrationMark> marks, const ChartText& text) {
  constexpr double kSide = 460, kLeft = 54, kBottom = 400;
  const Scale x(0, 1, kLeft, kSide - 14);
  const Scale y(0, 1, kBottom, 14);
  std::string out = open_svg(text, kSide, kSide, " class=\"square\"");
  for (int tick = 0; tick <= 10; tick += 2) {
    const double at = tick / 10.0;
    out += line(x(at), y(0), x(at), y(1), "grid") + line(x(0), y(at), x(1), y(at), "grid");
    out += label(x(at), kBottom + 18, "s m", fmt::format("{:.1f}", at));
    out += label(kLeft - 8, y(at) + 4, "s e", fmt::format("{:.1f}", at));
  }
  out += line(x(0), y(0), x(1), y(1), "axis");
  for (const CalibrationMark& mark : marks) {
    out += line(x(mark.predicted), y(mark.observed_low), x(mark.predicted), y(mark.observed_high),
                "mark");
    out += dot(x(mark.predicted), y(mark.observed), 4.5, "raises");
  }
  out += label(x(0.5), kBottom + 42, "s m", "predicted probability");
  out += fmt::format(
      "<text transform=\"translate(14 {:.0f}) rotate(-90)\" class=\"s m\">"
      "observed share of true pairs</text>\n",
      y(0.5));
  return out + "</svg>\n";
}

std::string figure(const ChartText& text, const std::string& svg, const std::string& table,
                   Table shown) {
  return fmt::format(
      "<figure>\n<figcaption>{0}</figcaption>\n<div class=\"scroll\" role=\"group\" tabindex=\"0\" "
      "aria-label=\"{0}, chart\">\n{1}</div>\n{2}</figure>\n",
      escaped(text.title), svg,
      shown == Table::open ? table : details("The same as a table", table));
}

}  // namespace clew::report
