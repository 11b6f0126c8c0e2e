// Page: the shell that every HTML page shares; one file, no network, light and dark, fit to print.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace clew::report {

// Text safe inside an element or a quoted attribute: plain() and the five signs of HTML replaced.
std::string escaped(std::string_view text);

// A value or an id from the data: escaped, and kept from reordering its surroundings (<bdi>).
std::string isolated(std::string_view text);

std::string paragraph(std::string_view text);             // of plain text
std::string list(const std::vector<std::string>& texts);  // of plain texts; empty without any
std::string details(std::string_view summary, std::string_view body);  // summary text, body HTML

enum class Align : std::uint8_t { text, figure };

struct TableColumn {
  std::string head;
  Align align = Align::text;
};

// A table with a caption, column heads and one row head per row. Cells are HTML.
class HtmlTable {
 public:
  HtmlTable(std::string_view caption, std::vector<TableColumn> columns);
  // REQUIRES: as many cells as columns.
  void row(const std::vector<std::string>& cells);
  bool empty() const { return rows_.empty(); }
  std::string html() const;

 private:
  std::string caption_;
  std::vector<TableColumn> columns_;
  std::string rows_;
};

struct Section {
  std::string id;     // letters and hyphens
  std::string title;  // text
  std::string body;   // HTML
};

struct Page {
  std::string kind;               // "Linkage report": above the title
  std::string title;              // text
  std::string lead;               // HTML: what the reader must know if he reads nothing else
  std::vector<Section> sections;  // numbered from 1, with a table of contents from three on
};

std::string render(const Page& page);

}  // namespace clew::report
