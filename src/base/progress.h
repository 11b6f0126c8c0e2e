// Progress: how long work tells its caller how far it is, without printing anything itself.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace clew {

// Called now and then from the thread that started the work; `total` is 0 when it is not known.
// An empty function is valid and means: nobody wants to know.
using Progress =
    std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

}  // namespace clew
