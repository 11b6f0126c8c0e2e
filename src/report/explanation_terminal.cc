#include "report/explanation_terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/waterfall.h"

namespace clew::report {
namespace {

constexpr std::size_t kLabelColumns = 36;
constexpr std::size_t kBitsColumns = 8;

class Pen {
 public:
  explicit Pen(const TerminalStyle& style)
      : style_(style), width_(std::clamp<std::size_t>(style.width, 60, 120)) {}

  std::size_t width() const { return width_; }

  std::string painted(std::string_view text, std::string_view code) const {
    if (style_.colour == Colour::plain || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }
  std::string bold(std::string_view text) const { return painted(text, "1"); }
  std::string dim(std::string_view text) const { return painted(text, "2"); }

  // Blue and yellow are told apart by nearly everybody, on light and on dark screens.
  std::string coloured(std::string_view text, Direction direction) const {
    switch (direction) {
      case Direction::start:
        return painted(text, "90");
      case Direction::raises:
        return painted(text, "34");
      case Direction::lowers:
        return painted(text, "33");
      case Direction::none:
        return dim(text);
      case Direction::total:
        return bold(text);
    }
    return std::string(text);
  }

  void paragraph(std::string_view text, std::size_t indent, std::string& out) const {
    for (const std::string& line : wrapped(text, width_ - indent)) {
      out += std::string(indent, ' ') + line + "\n";
    }
  }
  void item(std::string_view text, std::string& out) const {
    std::string_view mark = "- ";
    for (const std::string& line : wrapped(text, width_ - 2)) {
      out.append(mark).append(line).append("\n");
      mark = "  ";
    }
  }

 private:
  TerminalStyle style_;
  std::size_t width_;
};

// The bar of one row in half columns: "  ▐███▌ ", with a line where the sum is zero.
std::string bar(const WaterfallRow& row, const Waterfall& whole, std::size_t columns,
                const Pen& pen) {
  const double range = std::max(whole.high - whole.low, 1e-9);
  const std::size_t halves = 2 * columns;
  const auto half = [&](double bits) {
    return static_cast<std::size_t>(
        std::lround((bits - whole.low) / range * static_cast<double>(halves - 1)));
  };
  const std::size_t zero = half(0) / 2;
  const std::size_t first = half(std::min(row.from, row.to));
  std::size_t last = half(std::max(row.from, row.to));
  if (row.bits != 0 && last == first) ++last;  // a small term stays visible
  std::string out, run;
  for (std::size_t column = 0; column < columns; ++column) {
    const bool left = 2 * column >= first && 2 * column < last;
    const bool right = 2 * column + 1 >= first && 2 * column + 1 < last;
    if (left || right) {
      run += left && right ? "█" : left ? "▌" : "▐";
      continue;
    }
    out += pen.coloured(run, row.direction);
    run.clear();
    out += column == zero ? pen.dim("│") : " ";
  }
  return out + pen.coloured(run, row.direction);
}

std::string without_end_blanks(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + "\n";
}

std::string words_of(const WaterfallRow& row) {
  if (row.value_a.empty() && row.value_b.empty()) return row.words;
  const auto known = [](const std::string& value) {
    return value.empty() ? std::string("not known") : value;
  };
  return row.words + (row.words.empty() ? "" : "  ") + "[" + known(row.value_a) + " | " +
         known(row.value_b) + "]";
}

void draw(const Waterfall& whole, const Pen& pen, std::size_t indent, std::string& out) {
  const std::size_t columns = pen.width() - indent - kLabelColumns - kBitsColumns - 2;
  const std::string margin(indent, ' ');
  for (const WaterfallRow& row : whole.rows) {
    const bool total = row.direction == Direction::total;
    if (total) {
      out += margin + pen.dim(std::string(kLabelColumns, ' ') + "────────") + "\n";
    }
    const std::string bits = signed_bits(row.bits);
    const std::string number = std::string(kBitsColumns - display_width(bits), ' ') + bits;
    const std::string label = fitted(row.label, kLabelColumns);
    out += without_end_blanks(margin + (total ? pen.bold(label) : label) +
                              pen.coloured(number, row.direction) + "  " +
                              bar(row, whole, columns, pen));
    for (const std::string& line : wrapped(words_of(row), pen.width() - indent - 2)) {
      out += margin + "  " + pen.dim(line) + "\n";
    }
  }
}

void section(std::string_view title, const std::vector<std::string>& sentences, const Pen& pen,
             std::string& out) {
  if (sentences.empty()) return;
  out += "\n" + pen.bold(title) + "\n";
  for (const std::string& sentence : sentences) pen.item(plain(sentence), out);
}

std::string names_of(const std::vector<std::string>& records) {
  constexpr std::size_t kNamedMax = 6;
  std::string out;
  for (std::size_t i = 0; i < records.size() && i < kNamedMax; ++i) {
    out += (i > 0 ? ", " : "") + plain(records[i]);
  }
  if (records.size() > kNamedMax) out += fmt::format(" and {} more", records.size() - kNamedMax);
  return out;
}

}  // namespace

std::string to_terminal(const link::Explanation& explanation, const TerminalStyle& style) {
  const Pen pen(style);
  std::string out = pen.bold(plain(explanation.record_a) + "  and  " + plain(explanation.record_b));
  out += fmt::format("\n{}\n\n", decision_in_words(explanation.decision));
  draw(waterfall_of(explanation.terms, explanation.total_bits, style.values), pen, 0, out);
  out += "\n";
  pen.paragraph(verdict_in_words(explanation.total_bits, explanation.probability), 0, out);
  std::vector<std::string> rules;
  for (const link::Reason& reason : explanation.blocking) {
    rules.push_back(reason.rule + (reason.together ? " (compared)" : " (not compared)") +
                    (reason.words.empty() ? "" : ": " + reason.words));
  }
  section("What brought them together", rules, pen, out);
  section("What decided", explanation.clustering, pen, out);
  out += "\n";
  pen.paragraph("A link is a proposal; a person must confirm it.", 0, out);
  return out;
}

std::string to_terminal(const link::EntityExplanation& explanation, const TerminalStyle& style) {
  const Pen pen(style);
  std::string out = pen.bold("Proposed entity " + plain(explanation.entity)) + "\n";
  pen.paragraph(counted(explanation.records.size(), "record", "records") + ": " +
                    names_of(explanation.records),
                0, out);
  for (std::size_t i = 0; i < explanation.steps.size(); ++i) {
    const link::MergeStep& step = explanation.steps[i];
    out += "\n" + pen.bold(fmt::format("Step {} of {}", i + 1, explanation.steps.size())) + "\n";
    pen.paragraph(names_of(step.records_a) + "  joins  " + names_of(step.records_b), 2, out);
    draw(waterfall_of(step.terms, step.bits, style.values), pen, 2, out);
    pen.paragraph(verdict_in_words(step.bits, step.probability), 2, out);
  }
  if (!explanation.weakest.empty()) {
    section("What would split it", {explanation.weakest}, pen, out);
  }
  section("Nearest other entities", explanation.nearest, pen, out);
  out += "\n";
  pen.paragraph("An entity is a proposal; a person must confirm it.", 0, out);
  return out;
}

}  // namespace clew::report
