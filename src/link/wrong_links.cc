#include "link/wrong_links.h"

#include <algorithm>
#include <cmath>

namespace clew::link {

Cut choose_cut(const std::vector<ClusterMerge>& merges, double wish) {
  std::vector<const ClusterMerge*> sorted;
  for (const ClusterMerge& m : merges) sorted.push_back(&m);
  std::sort(sorted.begin(), sorted.end(), [](const ClusterMerge* x, const ClusterMerge* y) {
    return x->height != y->height ? x->height > y->height : x->a < y->a;
  });
  Cut best, now;
  best.height = sorted.empty() ? 0 : sorted.front()->height;
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    const double pairs = static_cast<double>(sorted[k]->size_a) * sorted[k]->size_b;
    now.pairs += pairs;
    now.wrong += pairs / (1 + std::exp(sorted[k]->height));
    now.wrong_share = now.wrong / now.pairs;
    const bool last = k + 1 == sorted.size();
    if (!last && sorted[k + 1]->height == sorted[k]->height) continue;
    now.height = last ? sorted[k]->height - 1e-9 : sorted[k + 1]->height;
    if (now.wrong_share <= wish) best = now;
  }
  return best;
}

}  // namespace clew::link
