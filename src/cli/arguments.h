// The words of the command line: which subcommand, which files, which wishes; and every help text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "link/options.h"

namespace clew::cli {

// Whether coloured signs are sent to standard output. `automatic`: when it is a terminal.
enum class ColourWish : std::uint8_t { automatic, always, never };

struct LinkArguments {
  std::vector<std::string> files;  // "-" is standard input
  std::string out;
  std::string settings, model;  // paths, empty: none
  std::optional<double> wrong_links;
  std::optional<unsigned> threads;
  std::optional<std::uint64_t> memory_bytes;
  std::optional<std::uint64_t> seed;
  std::optional<link::Clustering> clustering;
  std::optional<double> threshold;
  bool show_values = false;
  bool print_settings = false;
  bool json = false;
};

struct ExplainArguments {
  std::string folder;
  std::vector<std::string> what;  // one entity, or two records
  std::string html;               // path of the page to write, empty: none
  bool json = false;
  bool show_values = false;
  ColourWish colour = ColourWish::automatic;
};

struct EvaluateArguments {
  std::string folder;
  std::string truth;  // a column of the input, or a file
  std::string html;
  bool json = false;
  bool show_values = false;
  ColourWish colour = ColourWish::automatic;
};

// Nothing to run: a text to print (help, version, or what is wrong) and the exit code.
struct Answer {
  int exit_code = 0;
  std::string text;  // for standard output when exit_code is 0, else for standard error
};

using Arguments = std::variant<Answer, LinkArguments, ExplainArguments, EvaluateArguments>;

// Never fails: what cannot be understood is an Answer with exit code 2.
Arguments read_arguments(int argc, const char* const* argv);

}  // namespace clew::cli
