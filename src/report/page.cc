#include "report/page.h"

#include <fmt/format.h>

#include "base/check.h"
#include "report/words.h"

namespace clew::report {
namespace {

// Every pair of text and ground has a contrast of 4.5 or more, in both schemes.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1c1f22;--soft:#565b60;--rule:#d3cfc4;
--wash:#f2efe7;--plus:#1d5285;--minus:#a5480c;--start:#84888c;
--serif:ui-serif,"Iowan Old Style",Charter,Georgia,"Times New Roman","DejaVu Serif",serif;
--sans:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e8e5dd;--soft:#abaeb2;
--rule:#3b4045;--wash:#1d2125;--plus:#8bbcea;--minus:#eca768;--start:#858a8f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 var(--sans)}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);color:var(--ink);padding:.5rem 1rem;
outline:2px solid var(--plus)}
header,main,nav,footer{max-width:54rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:3.5rem}
header .kind{margin:0 0 .75rem;font-size:.8125rem;letter-spacing:.08em;text-transform:uppercase;
color:var(--soft)}
h1,h2,h3{font-family:var(--serif);font-weight:600;line-height:1.2;text-wrap:balance}
h1{font-size:2.25rem;margin:0 0 1rem}
h2{font-size:1.5rem;margin:3.25rem 0 .75rem;padding-top:.75rem;border-top:2px solid var(--ink)}
h2 .no{color:var(--soft);font-weight:400;margin-right:.6em}
h3{font-size:1.125rem;margin:2.25rem 0 .5rem}
p,ul{max-width:42rem;margin:.6rem 0}
ul{padding-left:1.2rem}
.lead{font:1.15rem/1.5 var(--serif)}
td .none{color:var(--soft)}
.note{color:var(--soft);font-size:.9rem}
a{color:var(--plus)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--plus);
outline-offset:2px}
nav{margin-top:1.75rem}
nav ol{list-style:none;margin:0;padding:.9rem 0;border-top:1px solid var(--rule);
border-bottom:1px solid var(--rule);columns:16rem 2;column-gap:2rem;font-size:.9375rem}
nav li{padding:.1rem 0;break-inside:avoid}
nav .no{color:var(--soft);display:inline-block;width:1.7em;font-variant-numeric:tabular-nums}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1.5rem 1rem;
margin:1.25rem 0 1.5rem}
.figures div{border-left:1px solid var(--rule);padding-left:1rem}
.figures dt{font-size:.875rem;color:var(--soft);line-height:1.35}
.figures dd{margin:0;font:400 1.9rem/1.2 var(--serif);font-variant-numeric:lining-nums tabular-nums}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.warn h3{margin-top:.25rem}
.warn{border-left:3px solid var(--minus);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 .4rem}
th,td{padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top;
border-bottom:1px solid var(--rule)}
thead th{font-weight:600;color:var(--soft);border-bottom:1px solid var(--ink);vertical-align:bottom}
tbody th{font-weight:400}
th.n,td.n{text-align:right;font-variant-numeric:lining-nums tabular-nums;white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
code{font:.9em ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
figure{margin:1rem 0}
figcaption{font-size:.9rem;font-weight:600;margin-bottom:.4rem;max-width:42rem}
details{margin:.5rem 0;font-size:.9375rem}
summary{cursor:pointer;color:var(--plus)}
svg{display:block;width:100%;min-width:36rem;max-width:47.5rem;height:auto}
svg.square{min-width:18rem;max-width:30rem}
svg text{font:13px var(--sans);fill:var(--ink);font-variant-numeric:lining-nums tabular-nums}
svg .s{fill:var(--soft);font-size:12px}
svg .b{font-weight:600}
svg .e{text-anchor:end}
svg .m{text-anchor:middle}
svg .raises{fill:var(--plus)}
svg .lowers{fill:var(--minus)}
svg .start,svg .none{fill:var(--start)}
svg .total{fill:var(--ink)}
svg .axis{stroke:var(--soft);stroke-width:1;fill:none}
svg .grid{stroke:var(--rule);stroke-width:1;fill:none}
svg .mark{stroke:var(--plus);stroke-width:1.5;fill:none}
article{margin:2.5rem 0 0;padding-top:.25rem;border-top:1px solid var(--rule)}
.tag{font:400 .875rem var(--sans);color:var(--soft);margin-left:.75em}
footer{margin-top:4rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}
footer p{border-top:1px solid var(--rule);padding-top:1rem;max-width:none}
@media (max-width:48rem){.scroll{background:
linear-gradient(90deg,var(--paper) 40%,transparent) left/3rem 100% no-repeat local,
linear-gradient(270deg,var(--paper) 40%,transparent) right/3rem 100% no-repeat local,
linear-gradient(90deg,var(--rule),transparent) left/.75rem 100% no-repeat scroll,
linear-gradient(270deg,var(--rule),transparent) right/.75rem 100% no-repeat scroll}}
@media (max-width:36rem){header{padding-top:2rem}h1{font-size:1.75rem}
header,main,nav,footer{padding-left:1rem;padding-right:1rem}
.figures{grid-template-columns:1fr 1fr;gap:1.25rem 1rem}.figures dd{font-size:1.5rem}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--rule:#bbb;--plus:#1d5285;
--minus:#a5480c;--start:#84888c}@page{margin:18mm}html{font-size:10pt}nav,.skip{display:none}
header{padding-top:0}h2,h3,caption,figcaption{break-after:avoid}
figure,tr,.figures{break-inside:avoid}
.scroll{overflow:visible;background:none}svg{min-width:0;print-color-adjust:exact}
details:not([open]){display:none}a{color:inherit;text-decoration:none}}
)css";

std::string contents(const Page& page) {
  if (page.sections.size() < 3) return "";
  std::string out = "<nav aria-label=\"Contents\">\n<ol>\n";
  for (std::size_t i = 0; i < page.sections.size(); ++i) {
    out += fmt::format("<li><span class=\"no\">{}</span><a href=\"#{}\">{}</a></li>\n", i + 1,
                       escaped(page.sections[i].id), escaped(page.sections[i].title));
  }
  return out + "</ol>\n</nav>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : plain(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string isolated(std::string_view text) { return "<bdi>" + escaped(text) + "</bdi>"; }

std::string paragraph(std::string_view text) { return "<p>" + escaped(text) + "</p>\n"; }

std::string list(const std::vector<std::string>& texts) {
  if (texts.empty()) return "";
  std::string out = "<ul>\n";
  for (const std::string& text : texts) out += "<li>" + escaped(text) + "</li>\n";
  return out + "</ul>\n";
}

std::string details(std::string_view summary, std::string_view body) {
  return fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", escaped(summary), body);
}

HtmlTable::HtmlTable(std::string_view caption, std::vector<TableColumn> columns)
    : caption_(caption), columns_(std::move(columns)) {}

void HtmlTable::row(const std::vector<std::string>& cells) {
  CHECK(cells.size() == columns_.size());
  rows_ += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view style = columns_[i].align == Align::figure ? " class=\"n\"" : "";
    rows_ += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", style, cells[i])
                    : fmt::format("<td{}>{}</td>", style, cells[i]);
  }
  rows_ += "</tr>\n";
}

std::string HtmlTable::html() const {
  // A wide table scrolls by itself, and by keyboard; its caption says what scrolls.
  const std::string caption = escaped(caption_);
  std::string out = fmt::format(
      "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{0}\">\n<table>\n"
      "<caption>{0}</caption>\n<thead><tr>",
      caption);
  for (const TableColumn& column : columns_) {
    out += fmt::format("<th scope=\"col\"{}>{}</th>",
                       column.align == Align::figure ? " class=\"n\"" : "", escaped(column.head));
  }
  return out + "</tr></thead>\n<tbody>\n" + rows_ + "</tbody>\n</table>\n</div>\n";
}

std::string render(const Page& page) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none';style-src 'unsafe-inline'\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n"
      "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n",
      escaped(page.title + " · Clew"), kStyle);
  out += fmt::format("<header>\n<p class=\"kind\">Clew · {}</p>\n<h1>{}</h1>\n{}</header>\n",
                     escaped(page.kind), escaped(page.title), page.lead);
  out += contents(page) + "<main id=\"main\" tabindex=\"-1\">\n";
  for (std::size_t i = 0; i < page.sections.size(); ++i) {
    const Section& section = page.sections[i];
    const std::string number =
        page.sections.size() < 3 ? "" : fmt::format("<span class=\"no\">{}</span>", i + 1);
    out += fmt::format(
        "<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}{2}</h2>\n{3}</section>\n",
        escaped(section.id), number, escaped(section.title), section.body);
  }
  return out +
         "</main>\n<footer>\n<p>Entities and links on this page are proposals that a person must "
         "confirm. The page is complete in itself and loads nothing. It may hold personal data: "
         "keep it where the records are kept.</p>\n</footer>\n</body>\n</html>\n";
}

}  // namespace clew::report
