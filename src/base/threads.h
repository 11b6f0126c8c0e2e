// parallel_for: splits numbered work over threads; the caller merges results in chunk order, so the
// outcome never depends on the number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace clew {

// Calls work(chunk) once for every chunk in [0, chunks), on up to `threads` threads (the caller's
// among them). Chunks start in ascending order. `work` must not throw and must write only to
// storage of its own chunk. Cost: one atomic increment per chunk.
void parallel_for(std::size_t chunks, unsigned threads,
                  const std::function<void(std::size_t)>& work);

// The number of processors this process may use, at least 1.
unsigned processors();

}  // namespace clew
