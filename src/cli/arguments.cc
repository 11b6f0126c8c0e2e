#include "cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

namespace clew::cli {
namespace {

constexpr const char* kVersion = "clew 0.1.0";

constexpr const char* kMainFooter = R"(Example:
  clew link hotline.csv police.csv --out result
  clew explain result hotline:A4244 police:EXP-0639
  clew evaluate result --truth truth.csv

Exit codes: 0 done; 1 done, but some input was rejected; 2 wrong usage; 3 input or environment.
Every entity is a proposal for a person to decide. Nothing leaves this machine.)";

constexpr const char* kLinkFooter = R"(Examples:
  clew link hotline.csv shelter.csv.gz --out result
  clew link cases.csv --print-settings > clew.toml     (edit it, then)
  clew link cases.csv --settings clew.toml --wrong-links careful --out result

DIR will hold entities.csv, links.csv, summary.json, report.html (open it in a browser) and what
`clew explain` and `clew evaluate` need; only its owner can read it.)";

constexpr const char* kExplainFooter = R"(Examples:
  clew explain result hotline:A4244 police:EXP-0639     why two records are proposed as one or not
  clew explain result E-0abcdefghjkmn                   how an entity was built, what would split it
  clew explain result A4244 EXP-0639 --html why.html    the same as a page

A record is source:record_id; the id alone is enough where only one source has it.)";

constexpr const char* kEvaluateFooter = R"(Examples:
  clew evaluate result --truth person             a column of the linked files
  clew evaluate result --truth truth.csv          a file: [source,]record_id,entity)";

// Reads a whole text as a number; a text that goes on behind the number is none.
template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> share_of(std::string_view text) {
  if (text == "careful") return 0.01;
  if (text == "balanced") return 0.05;
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  const auto number = number_of<double>(text);
  if (!number) return std::nullopt;
  const double share = percent ? *number / 100 : *number;
  if (!(share > 0 && share < 1)) return std::nullopt;
  return share;
}

// "500M", "2G", "1.5GB", "800000000".
std::optional<std::uint64_t> bytes_of(std::string text) {
  if (text.ends_with("iB")) text.resize(text.size() - 2);
  if (text.ends_with('B') || text.ends_with('b')) text.pop_back();
  double unit = 1;
  const std::string_view letters = "kKmMgGtT";
  const std::size_t at = text.empty() ? std::string::npos : letters.find(text.back());
  if (at != std::string_view::npos) {
    const std::size_t power = at / 2 + 1;
    unit = std::pow(1024.0, static_cast<double>(power));
    text.pop_back();
  }
  const auto number = number_of<double>(text);
  if (!number || !(*number > 0) || *number * unit > 1e18) return std::nullopt;
  return static_cast<std::uint64_t>(*number * unit);
}

// An option whose text is turned into a value, or refused with what was expected.
template <typename Value, typename Read>
CLI::Option* add_parsed(CLI::App* app, const std::string& name, std::optional<Value>* value,
                        Read read, const std::string& expected, const std::string& help) {
  return app
      ->add_option_function<std::string>(
          name, [value, read](const std::string& text) { *value = read(text); }, help)
      ->check([read, expected](const std::string& text) {
        return read(text) ? std::string() : "expected " + expected;
      });
}

void add_link(CLI::App* app, LinkArguments* to) {
  app->footer(kLinkFooter);
  app->add_option("FILE", to->files, "CSV, TSV or JSON lines; plain, gzip or zstd; - is stdin")
      ->required()
      ->type_name("");
  app->add_option("-o,--out", to->out, "Folder for the result; made if missing")->type_name("DIR");
  app->add_option("--settings", to->settings, "Fields and options as TOML")->type_name("FILE");
  app->add_option("--model", to->model, "Use the model.json of an earlier run; learn nothing")
      ->type_name("FILE");
  add_parsed(app, "--wrong-links", &to->wrong_links, share_of,
             "careful, balanced or a share such as 5%",
             "Wrong pairs you accept among those proposed as one: careful = 1%, balanced = 5% "
             "(default), or any share")
      ->type_name("SHARE");
  const auto threads = [](const std::string& text) {
    const auto number = number_of<unsigned>(text);
    return number && *number > 0 && *number <= 1024 ? number : std::nullopt;
  };
  add_parsed(app, "--threads", &to->threads, threads, "a number from 1 to 1024",
             "Processors to use (default: all); changes no byte of the result")
      ->type_name("N");
  add_parsed(app, "--memory", &to->memory_bytes, bytes_of, "an amount such as 500M or 2G",
             "Try to stay below this much memory")
      ->type_name("SIZE");
  add_parsed(app, "--seed", &to->seed, number_of<std::uint64_t>, "a whole number",
             "Of the random samples used in training (default 1)")
      ->type_name("N");
  const auto clustering = [](const std::string& text) -> std::optional<link::Clustering> {
    if (text == "components") return link::Clustering::components;
    if (text == "field_mean") return link::Clustering::field_mean;
    return std::nullopt;
  };
  add_parsed(app, "--cluster", &to->clustering, clustering, "field_mean or components",
             "field_mean (default), or components: chains, for comparison only")
      ->type_name("HOW");
  const auto threshold = [](const std::string& text) {
    const auto number = number_of<double>(text);
    return number && *number > 0 && *number < 1 ? number : std::nullopt;
  };
  add_parsed(app, "--threshold", &to->threshold, threshold, "a probability between 0 and 1",
             "Probability from which --cluster components joins (default 0.95)")
      ->type_name("P");
  app->add_flag("--show-values", to->show_values, "Show compared values in report.html");
  app->add_flag("--print-settings", to->print_settings,
                "Print the complete settings as TOML, and link nothing");
  app->add_flag("--json", to->json, "Print one JSON object instead of words");
}

void add_colour(CLI::App* app, ColourWish* colour) {
  app->add_option("--color,--colour", *colour, "auto, always or never")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, ColourWish>{{"auto", ColourWish::automatic},
                                                                    {"always", ColourWish::always},
                                                                    {"never", ColourWish::never}})
              .description(""))
      ->type_name("WHEN");
}

void add_explain(CLI::App* app, ExplainArguments* to) {
  app->footer(kExplainFooter);
  app->add_option("DIR", to->folder, "What clew link wrote")->required()->type_name("");
  app->add_option("WHAT", to->what, "Two records, or one entity")
      ->required()
      ->expected(1, 2)
      ->type_name("");
  auto* html = app->add_option("--html", to->html, "Write a page instead")->type_name("FILE");
  app->add_flag("--json", to->json, "Print JSON")->excludes(html);
  app->add_flag("--show-values", to->show_values, "Show the compared values");
  add_colour(app, &to->colour);
}

void add_evaluate(CLI::App* app, EvaluateArguments* to) {
  app->footer(kEvaluateFooter);
  app->add_option("DIR", to->folder, "What clew link wrote")->required()->type_name("");
  app->add_option("--truth", to->truth,
                  "A column of the linked files, or a file with the true entity of each record")
      ->required()
      ->type_name("COLUMN|FILE");
  auto* html = app->add_option("--html", to->html, "Write a page as well")->type_name("FILE");
  app->add_flag("--json", to->json, "Print JSON");
  (void)html;
  app->add_flag("--show-values", to->show_values, "Show the compared values");
  add_colour(app, &to->colour);
}

// What the library cannot say by itself.
std::string fault_of(const LinkArguments& arguments) {
  if (arguments.out.empty() && !arguments.print_settings) {
    return "--out is required: the folder for the result";
  }
  if (arguments.threshold && arguments.clustering != link::Clustering::components) {
    return "--threshold is for --cluster components; --wrong-links says how careful to be";
  }
  return "";
}

Answer usage_error(const std::string& what, const std::string& command) {
  return {2, fmt::format("clew: {}\nTry `clew {}--help`.\n", what,
                         command.empty() ? "" : command + " ")};
}

}  // namespace

Arguments read_arguments(int argc, const char* const* argv) {
  CLI::App app("Links partial, duplicate reports about children, and says why.", "clew");
  app.footer(kMainFooter);
  app.set_version_flag("--version", kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(28);
  LinkArguments link_arguments;
  ExplainArguments explain_arguments;
  EvaluateArguments evaluate_arguments;
  CLI::App* link = app.add_subcommand("link", "Find which records are one child");
  CLI::App* explain = app.add_subcommand("explain", "Say why records are or are not one");
  CLI::App* evaluate = app.add_subcommand("evaluate", "Compare a result with the truth");
  add_link(link, &link_arguments);
  add_explain(explain, &explain_arguments);
  add_evaluate(evaluate, &evaluate_arguments);
  std::string command;
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    for (CLI::App* one : {link, explain, evaluate}) {
      if (one->parsed()) return Answer{0, one->help("clew")};
    }
    return Answer{0, app.help()};
  } catch (const CLI::CallForVersion&) {
    return Answer{0, std::string(kVersion) + "\n"};
  } catch (const CLI::ParseError& error) {
    for (CLI::App* one : {link, explain, evaluate}) {
      if (one->parsed()) command = one->get_name();
    }
    return usage_error(error.what(), command);
  }
  if (explain->parsed()) return explain_arguments;
  if (evaluate->parsed()) return evaluate_arguments;
  while (link_arguments.out.size() > 1 && link_arguments.out.ends_with('/')) {
    link_arguments.out.pop_back();
  }
  const std::string fault = fault_of(link_arguments);
  if (!fault.empty()) return usage_error(fault, "link");
  return link_arguments;
}

}  // namespace clew::cli
