// release(): empties a container and gives its memory back, which assigning {} does not do.
#pragma once

#include <utility>

namespace clew {

template <typename Container>
void release(Container& container) {
  Container empty;
  std::swap(container, empty);
}

}  // namespace clew
