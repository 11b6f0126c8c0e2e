#include "base/threads.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace clew {

void parallel_for(std::size_t chunks, unsigned threads,
                  const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t chunk = next++; chunk < chunks; chunk = next++) work(chunk);
  };
  const std::size_t helpers = std::min<std::size_t>(threads > 0 ? threads : 1, chunks);
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < helpers; ++i) pool.emplace_back(run);
  run();
}

unsigned processors() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace clew
