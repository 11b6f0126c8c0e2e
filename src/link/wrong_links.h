// Turns "at most x% wrong links" into the height at which merging stops.
#pragma once

#include <vector>

#include "link/cluster.h"

namespace clew::link {

struct Cut {
  double height = 0;       // nats: merges with a height above it stand
  double wrong_share = 0;  // expected share of wrong pairs among the pairs inside entities
  double pairs = 0;        // pairs inside entities
  double wrong = 0;        // of them, expected wrong
};

// The lowest cut whose expected share of wrong pairs is at most `wish`. A merge of clusters of
// sizes s and t adds s x t pairs, each wrong with the probability that its height leaves. REQUIRES:
// 0 < wish < 1.
Cut choose_cut(const std::vector<ClusterMerge>& merges, double wish);

}  // namespace clew::link
