#include "report/link_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "report/chart.h"
#include "report/explanation_html.h"
#include "report/page.h"

namespace clew::report {
namespace {

constexpr std::size_t kExamples = 10;
constexpr std::size_t kRowsMax = 25;     // of tables that grow with the data
constexpr std::size_t kMembersMax = 12;  // records of an example listed in full

std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }

std::string shortened(std::size_t rows) {
  if (rows <= kRowsMax) return "";
  return fmt::format("<p class=\"note\">{} more are not listed here.</p>\n",
                     grouped(std::uint64_t{rows - kRowsMax}));
}

// Entity sizes: how many entities have how many records.
std::map<std::uint64_t, std::uint64_t> sizes_of(const std::vector<std::uint32_t>& entity) {
  std::vector<std::uint32_t> count(entity.size(), 0);
  for (const std::uint32_t e : entity) ++count[e];
  std::map<std::uint64_t, std::uint64_t> sizes;
  for (const std::uint32_t size : count) {
    if (size > 0) ++sizes[size];
  }
  return sizes;
}

struct Totals {
  std::uint64_t records = 0, entities = 0, joined = 0, entities_joined = 0;
};

Totals totals_of(const LinkReportInput& in) {
  Totals totals;
  totals.records = in.records.count();
  for (const auto& [size, entities] : sizes_of(in.outcome.entity)) {
    totals.entities += entities;
    if (size < 2) continue;
    totals.joined += size * entities;
    totals.entities_joined += entities;
  }
  return totals;
}

std::string headline(std::string_view figure, std::string_view words) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(words), escaped(figure));
}

Section brief_section(const LinkReportInput& in, const Totals& totals) {
  const link::Estimates& expected = in.outcome.estimates;
  std::string body = "<dl class=\"figures\">\n";
  body += headline(grouped(totals.records), "records read");
  body += headline(grouped(totals.entities), "entities proposed, those of one record included");
  body += headline(grouped(totals.entities_joined), "proposed entities of two records and more");
  body += headline(percent(expected.wrong_share), "of the links expected to be wrong");
  body += headline(percent(expected.missed_share), "of the true links expected to be missed");
  body += "</dl>\n";
  body += paragraph(fmt::format(
      "{} of the {} records stand in a proposed entity with at least one other. Inside these "
      "entities are {} pairs of records; by its own reckoning the run expects about {} of them to "
      "be wrong. It was asked to stay at {} or below.",
      grouped(totals.joined), grouped(totals.records), grouped(expected.pairs_inside),
      grouped(expected.wrong_share * expected.pairs_inside), percent(in.wrong_links_asked)));
  body += paragraph(
      "These shares are estimates from the data themselves, without any known truth. They are as "
      "good as the assumptions behind them; a sample checked by hand is better.");
  if (!in.outcome.warnings.empty()) {
    body += "<div class=\"warn\">\n<h3>Warnings</h3>\n" + list(in.outcome.warnings) + "</div>\n";
  }
  return {"in-brief", "In brief", body};
}

std::string_view confidence_in_words(double confidence) {
  return confidence >= 0.9   ? "sure"
         : confidence >= 0.7 ? "fairly sure"
         : confidence >= 0.5 ? "likely"
                             : "not sure enough";
}

std::string_view order_in_words(model::DateOrder order) {
  switch (order) {
    case model::DateOrder::unknown:
      return "";
    case model::DateOrder::year_first:
      return "dates begin with the year";
    case model::DateOrder::day_first:
      return "dates begin with the day";
    case model::DateOrder::month_first:
      return "dates begin with the month";
    case model::DateOrder::ambiguous:
      return "day and month cannot be told apart; both are kept";
  }
  return "";
}

std::string reasons_of(const formats::ColumnGuess& guess) {
  std::string out;
  const auto add = [&](std::string_view sentence) {
    if (!sentence.empty()) out += (out.empty() ? "" : "; ") + escaped(sentence);
  };
  for (const std::string& reason : guess.reasons) add(reason);
  add(order_in_words(guess.order));
  if (!guess.repeats.empty()) add("repeats " + guess.repeats + ", so it is not counted again");
  if (guess.separator != 0) add("holds several values");
  return out;
}

Section read_section(const LinkReportInput& in) {
  HtmlTable files(
      "Files",
      {{"File"}, {"Source"}, {"Format"}, {"Rows", Align::figure}, {"Rejected", Align::figure}});
  for (const SourceSummary& source : in.sources) {
    files.row({isolated(source.file), isolated(source.source), escaped(source.format),
               grouped(source.rows), grouped(source.rejected)});
  }
  std::string body = files.empty() ? "" : files.html();
  body += paragraph(
      "What each column was taken to mean, from its name and from its content. The "
      "settings file changes any of this.");
  HtmlTable columns("Columns",
                    {{"Column"}, {"Source"}, {"Taken as"}, {"Field"}, {"Confidence"}, {"Reasons"}});
  for (const formats::ColumnGuess& guess : in.recognition.columns) {
    columns.row({isolated(guess.column), isolated(guess.table), escaped(role_in_words(guess.role)),
                 guess.field.empty() ? "" : code(guess.field),
                 std::string(confidence_in_words(guess.confidence)), reasons_of(guess)});
  }
  if (!columns.empty()) body += columns.html();
  return {"what-was-read", "What was read", body};
}

// A learned placeholder is a word or a date that many share; a long number could still be the phone
// of a shelter, so it stays masked.
std::string placeholder_value(const formats::Placeholder& placeholder, Values values) {
  const std::string& value = placeholder.value;
  const auto digits =
      std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool one_digit = digits > 0 && std::all_of(value.begin(), value.end(), [&](char c) {
                           return c == value.back() || c < '0' || c > '9';
                         });
  const std::string date = value_in_words(value, placeholder.field, Values::shown);
  const bool harmless = digits < 5 || one_digit || date != plain(value);
  return value_in_words(value, placeholder.field, harmless ? Values::shown : values);
}

Section faults_section(const LinkReportInput& in) {
  std::string body;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::uint64_t> kinds;
  for (const table::Problem& problem : in.problems) {
    ++kinds[{problem.file, problem.column, problem.what, problem.done}];
  }
  std::vector<std::pair<std::uint64_t, decltype(kinds)::key_type>> sorted;
  for (const auto& [kind, count] : kinds) sorted.emplace_back(count, kind);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  HtmlTable faults("Faults in the input",
                   {{"What"}, {"File"}, {"Column"}, {"What was done"}, {"Times", Align::figure}});
  for (std::size_t i = 0; i < std::min(sorted.size(), kRowsMax); ++i) {
    const auto& [file, column, what, done] = sorted[i].second;
    faults.row(
        {escaped(what), isolated(file), isolated(column), escaped(done), grouped(sorted[i].first)});
  }
  body += faults.empty() ? paragraph("No fault was found in any field or row.")
                         : faults.html() + shortened(sorted.size());
  if (in.placeholders.empty()) {
    return {"faults", "Faults and placeholders",
            body + paragraph("No value was recognised as a placeholder.")};
  }
  body += paragraph(
      "Values that stand for “not known” were treated as missing, so that they link "
      "nobody:");
  HtmlTable values("Placeholders", {{"Value"}, {"Field"}, {"Why"}, {"Records", Align::figure}});
  for (std::size_t i = 0; i < std::min(in.placeholders.size(), kRowsMax); ++i) {
    const formats::Placeholder& placeholder = in.placeholders[i];
    values.row({isolated(placeholder_value(placeholder, in.values)), code(placeholder.field),
                escaped(placeholder.reason), grouped(placeholder.count)});
  }
  return {"faults", "Faults and placeholders",
          body + values.html() + shortened(in.placeholders.size())};
}

std::string rules_table(std::string_view caption, const std::vector<link::RuleReport>& rules) {
  HtmlTable table(caption, {{"Key"},
                            {"Pairs", Align::figure},
                            {"Blocks", Align::figure},
                            {"Largest block", Align::figure},
                            {"Records in too large blocks", Align::figure}});
  for (const link::RuleReport& rule : rules) {
    table.row({escaped(rule.rule), grouped(rule.pairs), grouped(rule.blocks),
               grouped(rule.largest_block), grouped(rule.records_in_hubs)});
  }
  return table.html();
}

Section blocking_section(const link::BlockingReport& blocking) {
  const double share = blocking.pairs_possible > 0
                           ? static_cast<double>(blocking.pairs_compared) / blocking.pairs_possible
                           : 0;
  std::string body = paragraph(fmt::format(
      "Of {} possible pairs {} were compared ({}): those that agree on at least one of the keys "
      "below. The run expects {} true links among them and about {} among the pairs that were not "
      "compared.",
      grouped(blocking.pairs_possible), grouped(blocking.pairs_compared), percent(share),
      grouped(blocking.matches_expected), grouped(blocking.matches_lost)));
  std::vector<link::RuleReport> rules = blocking.rules;
  if (rules.size() > kRowsMax) {
    std::stable_sort(rules.begin(), rules.end(),
                     [](const auto& x, const auto& y) { return x.pairs > y.pairs; });
    rules.resize(kRowsMax);
    body += rules_table("Keys that brought most pairs together", rules);
    body += details("All keys, in the order tried", rules_table("All keys", blocking.rules));
  } else if (!rules.empty()) {
    body += rules_table("Keys that brought pairs together", rules);
  }
  if (blocking.hubs.empty()) {
    return {"compared", "What was compared",
            body + paragraph("No block was too large to be compared whole.")};
  }
  body += paragraph(
      "Some keys are shared by so many records that their pairs cannot all be "
      "compared: a shelter’s phone, say. These blocks were split by further keys. The "
      "last column is what this may have cost.");
  HtmlTable hubs("Blocks too large to compare whole, largest first",
                 {{"Key"},
                  {"Records", Align::figure},
                  {"Pairs not compared", Align::figure},
                  {"True links that may be lost", Align::figure}});
  for (std::size_t i = 0; i < std::min(blocking.hubs.size(), kRowsMax); ++i) {
    const link::HubReport& hub = blocking.hubs[i];
    hubs.row({escaped(hub.rule), grouped(hub.records), grouped(hub.pairs_not_compared),
              fmt::format("{:.1f}", hub.matches_lost)});
  }
  return {"compared", "What was compared", body + hubs.html() + shortened(blocking.hubs.size())};
}

// log2(m/u), bounded so that a level nobody showed does not break the scale.
double weight_bits(const link::Level& level) {
  constexpr double kTiny = 1e-12;
  return std::log2(std::max(level.m, kTiny) / std::max(level.u, kTiny));
}

Section weights_section(const link::Model& model) {
  std::vector<BarRow> rows;
  HtmlTable table("Weights of every level", {{"Field and level"},
                                             {"Among one person", Align::figure},
                                             {"Among strangers", Align::figure},
                                             {"Bits", Align::figure},
                                             {"Learned"}});
  for (const link::FieldModel& field : model.fields) {
    std::string name = field.spec.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    rows.push_back({name, "", 0, true});
    for (std::size_t l = field.levels.size(); l-- > 1;) {  // levels[0] is "missing": always 0 bits
      const link::Level& level = field.levels[l];
      const double bits = weight_bits(level);
      rows.push_back({level.name, signed_bits(bits), bits, false});
      table.row({escaped(name + ": " + level.name), percent(level.m), percent(level.u),
                 signed_bits(bits),
                 level.trained ? "from the data" : "assumed: no pair showed it"});
    }
  }
  std::string body = paragraph(
      "One bit doubles the odds that two records are one person, minus one bit halves them; ten "
      "bits are a factor of about a thousand. A level counts for as many bits as it is more "
      "frequent between records of one person than between records of strangers. A value that is "
      "not known counts nothing. Rare values count more than these averages.");
  body += paragraph(fmt::format(
      "Before any comparison, two records taken at random are one person with a chance of {}: the "
      "sum starts at {} bits.",
      model.prior_match > 0 ? "1 in " + grouped(1 / model.prior_match) : "nought",
      signed_bits(std::log2(std::max(model.prior_match, 1e-300) /
                            std::max(1 - model.prior_match, 1e-300)))));
  if (rows.empty()) return {"weights", "What agreement is worth", body};
  const ChartText text{"weights-chart", "Evidence in bits, by field and level",
                       "One bar for every level of every field, to the right where it speaks for "
                       "one person, to the left where it speaks against."};
  return {"weights", "What agreement is worth",
          body + figure(text, bars_svg(rows, text), table.html())};
}

Section scores_section(const link::Outcome& outcome) {
  std::vector<CountColumn> columns;
  HtmlTable table("Pairs by probability",
                  {{"From"}, {"To", Align::figure}, {"Pairs", Align::figure}});
  std::uint64_t low = 0, middle = 0, high = 0;
  for (const link::CalibrationBin& bin : outcome.scores) {
    columns.push_back({bin.low, bin.high, bin.pairs});
    table.row(
        {fmt::format("{:.3g}", bin.low), fmt::format("{:.3g}", bin.high), grouped(bin.pairs)});
    (bin.high <= 0.1 ? low : bin.low >= 0.9 ? high : middle) += bin.pairs;
  }
  std::string body = paragraph(fmt::format(
      "{} pairs are below a probability of 0.1, {} above 0.9, and {} between: it is there that a "
      "person’s eye is worth most. Entities stopped growing at {} bits.",
      grouped(low), grouped(high), grouped(middle), signed_bits(outcome.estimates.threshold_bits)));
  if (columns.empty()) return {"scores", "How sure the scores are", body};
  const ChartText text{"scores-chart",
                       "Compared pairs by probability (number of pairs, logarithmic)",
                       "One mark for every range of probabilities; most pairs lie at both ends "
                       "when the fields tell people apart well."};
  return {"scores", "How sure the scores are",
          body + figure(text, distribution_svg(columns, text), table.html())};
}

Section sizes_section(const LinkReportInput& in) {
  constexpr std::uint64_t kLast[] = {1, 2, 3, 4, 5, 10, 20, 50, 100, 1000, UINT64_MAX};
  const auto sizes = sizes_of(in.outcome.entity);
  std::vector<BarRow> rows;
  HtmlTable table(
      "Proposed entities by size",
      {{"Records in the entity"}, {"Entities", Align::figure}, {"Records", Align::figure}});
  std::uint64_t first = 1;
  for (const std::uint64_t last : kLast) {
    std::uint64_t entities = 0, records = 0;
    for (auto at = sizes.lower_bound(first); at != sizes.end() && at->first <= last; ++at) {
      entities += at->second;
      records += at->first * at->second;
    }
    const std::string label = first == last        ? counted(first, "record", "records")
                              : last == UINT64_MAX ? "more than 1,000 records"
                                                   : fmt::format("{} to {} records", first, last);
    first = last == UINT64_MAX ? last : last + 1;
    if (entities == 0) continue;
    rows.push_back({label, grouped(entities), static_cast<double>(entities), false});
    table.row({label, grouped(entities), grouped(records)});
  }
  const std::uint64_t largest = sizes.empty() ? 0 : sizes.rbegin()->first;
  std::string body = paragraph(fmt::format(
      "The largest proposed entity has {}. An entity much larger than a child could plausibly have "
      "reports deserves a look before any other.",
      counted(largest, "record", "records")));
  if (rows.empty()) return {"sizes", "How large the entities are", body};
  const ChartText text{"sizes-chart", "Proposed entities by number of records",
                       "One bar for every size of entity, as long as there are entities of it."};
  return {"sizes", "How large the entities are",
          body + figure(text, bars_svg(rows, text), table.html())};
}

// The compared fields of the records of one entity, side by side.
std::string members_table(const LinkReportInput& in, std::uint32_t entity) {
  std::vector<TableColumn> columns = {{"Record"}};
  for (const link::Field& field : in.records.fields) {
    std::string name = field.spec.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    columns.push_back({name});
  }
  HtmlTable table("Records of the entity", columns);
  std::uint64_t members = 0;
  for (std::uint32_t r = entity; r < in.outcome.entity.size(); ++r) {
    if (in.outcome.entity[r] != entity || ++members > kMembersMax) continue;
    const std::string id(in.records.ids[in.records.id[r]]);
    std::vector<std::string> cells = {
        isolated(in.records.sources[in.records.source[r]] + ":" + id)};
    for (const link::Field& field : in.records.fields) {
      const std::string_view value = field.values[field.of_record[r]];
      cells.push_back(value.empty() ? "<span class=\"none\">not known</span>"
                                    : isolated(value_in_words(value, field.spec.name, in.values)));
    }
    table.row(cells);
  }
  std::string more;
  if (members > kMembersMax) {
    more = fmt::format("<p class=\"note\">{} more records are not listed here.</p>\n",
                       grouped(members - kMembersMax));
  }
  return table.html() + more;
}

std::string steps_table(const link::EntityExplanation& explanation) {
  HtmlTable table("All joins, in the order made", {{"Join"},
                                                   {"Records", Align::figure},
                                                   {"Bits", Align::figure},
                                                   {"Probability", Align::figure}});
  for (std::size_t i = 0; i < std::min(explanation.steps.size(), kRowsMax); ++i) {
    const link::MergeStep& step = explanation.steps[i];
    table.row({fmt::format("{}", i + 1),
               fmt::format("{} + {}", step.records_a.size(), step.records_b.size()),
               signed_bits(step.bits), fmt::format("{:.4g}", step.probability)});
  }
  return table.html() + shortened(explanation.steps.size());
}

std::string example_html(const LinkReportInput& in, const Example& example, std::size_t number) {
  const link::EntityExplanation explanation = in.explain(example.entity);
  std::string out =
      fmt::format("<article>\n<h3>Proposed entity {}<span class=\"tag\">{} · {}</span></h3>\n",
                  isolated(explanation.entity),
                  counted(explanation.records.size(), "record", "records"), escaped(example.why));
  out += members_table(in, example.entity);
  if (explanation.steps.empty()) return out + "</article>\n";
  const auto weakest = std::min_element(
      explanation.steps.begin(), explanation.steps.end(),
      [](const link::MergeStep& x, const link::MergeStep& y) { return x.bits < y.bits; });
  const bool several = explanation.steps.size() > 1;
  out += paragraph((several ? "Its weakest join: " : "") +
                   verdict_in_words(weakest->bits, weakest->probability));
  out += waterfall_figure(
      weakest->terms, weakest->bits,
      fmt::format("{} of {}", several ? "Evidence for the weakest join" : "Evidence",
                  explanation.entity),
      fmt::format("example-{}", number), in.values);
  if (several) out += details("All joins of this entity", steps_table(explanation));
  if (!explanation.weakest.empty()) out += paragraph(explanation.weakest);
  out += list(explanation.nearest);
  return out + "</article>\n";
}

Section examples_section(const LinkReportInput& in) {
  const std::vector<Example> examples = choose_examples(in.records, in.outcome, kExamples);
  if (examples.empty() || !in.explain) {
    return {"examples", "Examples", paragraph("No entity of two records or more was proposed.")};
  }
  std::string body = paragraph(
      "Chosen by rule, not at random: the largest, those that join most sources, those that hang "
      "by the weakest join, and some ordinary ones. They show where the method strains; most "
      "entities are simpler. Each bar begins where the one before it ended.");
  body += in.values == Values::shown
              ? "<p class=\"note\">Values from the records are shown in clear.</p>\n"
              : "<p class=\"note\">Values are masked: of a text the first letter, of a date the "
                "year.</p>\n";
  for (std::size_t i = 0; i < examples.size(); ++i) body += example_html(in, examples[i], i + 1);
  return {"examples", "Examples", body};
}

}  // namespace

std::string link_report(const LinkReportInput& input) {
  const Totals totals = totals_of(input);
  Page page;
  page.kind = "Linkage report";
  page.title = fmt::format("{} from {}", counted(totals.records, "record", "records"),
                           counted(input.records.sources.size(), "source", "sources"));
  page.lead = fmt::format(
      "<p class=\"lead\">They may speak of {} different people. Every entity below is a "
      "<em>proposal</em>: records that probably speak of one person, for a person to confirm or "
      "to reject. Nothing in the sources was changed.</p>\n",
      grouped(totals.entities));
  page.sections = {brief_section(input, totals),
                   read_section(input),
                   faults_section(input),
                   blocking_section(input.outcome.blocking),
                   weights_section(input.outcome.model),
                   scores_section(input.outcome),
                   sizes_section(input),
                   examples_section(input)};
  return render(page);
}

}  // namespace clew::report
