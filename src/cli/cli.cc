#include "cli/cli.h"

#include <fmt/format.h>

#include <new>

#include "cli/arguments.h"
#include "cli/evaluate_command.h"
#include "cli/explain_command.h"
#include "cli/link_command.h"
#include "cli/terminal.h"
#include "report/words.h"

namespace clew::cli {
namespace {

constexpr int kFailed = 3;

struct Runner {
  Result<int> operator()(const Answer& answer) const {
    if (answer.exit_code != 0) {
      print_error(answer.text);
      return answer.exit_code;
    }
    TRY(print(answer.text));
    return 0;
  }
  Result<int> operator()(const LinkArguments& arguments) const { return link_command(arguments); }
  Result<int> operator()(const ExplainArguments& arguments) const {
    return explain_command(arguments);
  }
  Result<int> operator()(const EvaluateArguments& arguments) const {
    return evaluate_command(arguments);
  }
};

Result<int> run_command(int argc, char** argv) {
  try {
    return std::visit(Runner(), read_arguments(argc, argv));
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::unavailable, "not enough memory for this input");
  }
}

}  // namespace

int run(int argc, char** argv) {
  const Result<int> outcome = run_command(argc, argv);
  if (outcome) return *outcome;
  // File names come from outside and must not steer the terminal.
  print_error(fmt::format("clew: {}\n", report::plain(outcome.error().message)));
  return kFailed;
}

}  // namespace clew::cli
