// Reads any bytes as a stored model: what is accepted must survive its own way through JSON.
// Seed: {"clew_model": 1}
// Seed: {"clew_model": 1, "salt": "7", "fields": []}

#include <string>

#include "base/check.h"
#include "fuzz/input.h"
#include "link/link.h"
#include "link/model.h"
#include "link/test_records.h"

namespace {

using namespace clew;

// A model that link() wrote.
const std::string& true_model() {
  static const std::string text = [] {
    const auto outcome = link::link(link::random_records(1, 40, 2), {}, nullptr, {});
    CHECK(outcome.has_value());
    return link::model_to_json(outcome->model);
  }();
  return text;
}

void check_read(const std::string& text) {
  const auto model = link::model_from_json(text);
  if (!model) {
    CHECK(model.error().code == ErrorCode::invalid_input && !model.error().message.empty());
    return;
  }
  const std::string written = link::model_to_json(*model);
  const auto again = link::model_from_json(written);
  CHECK(again.has_value());
  CHECK(link::model_to_json(*again) == written);
}

}  // namespace

// The bytes alone, and as a patch of a true model, so that damage is found behind the first check.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size > 0) check_read(std::string(bytes));
  const std::size_t at = input.byte() * 256U + input.byte();
  const std::size_t length = input.byte();
  std::string patched = true_model();
  patched.replace(at % patched.size(), length, input.rest());
  check_read(patched);
  return 0;
}
