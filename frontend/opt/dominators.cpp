#include "frontend/opt/dominators.h"

namespace hj::opt {

// Cooper, Harvey and Kennedy's iteration: immediate dominators by intersecting along the tree built so far.
Dominators::Dominators(const core::Function& f) {
  constexpr uint32_t kNone = UINT32_MAX;
  uint32_t count = static_cast<uint32_t>(f.blocks.size());
  std::vector<std::vector<uint32_t>> predecessors(count);
  for (uint32_t b = 0; b < count; ++b) {
    for (const core::Edge& edge : f.blocks[b].term.edges) predecessors[edge.target.index].push_back(b);
  }
  std::vector<uint32_t> parent(count, kNone);
  parent[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t b = 1; b < count; ++b) {
      uint32_t best = kNone;
      for (uint32_t p : predecessors[b]) {
        if (parent[p] == kNone) continue;
        if (best == kNone) best = p;
        while (p != best) {
          while (p > best) p = parent[p];
          while (best > p) best = parent[best];
        }
      }
      if (parent[b] == best) continue;
      parent[b] = best;
      changed = true;
    }
  }
  // A numbering of the tree in which subtrees are intervals. Parents have smaller numbers than their children.
  std::vector<uint32_t> size(count, 1);
  for (uint32_t b = count - 1; b > 0; --b) size[parent[b]] += size[b];
  std::vector<uint32_t> next(count, 1);
  enter_.assign(count, 0);
  leave_.assign(count, size[0]);
  for (uint32_t b = 1; b < count; ++b) {
    enter_[b] = next[parent[b]];
    next[parent[b]] += size[b];
    next[b] = enter_[b] + 1;
    leave_[b] = enter_[b] + size[b];
  }
}

}  // namespace hj::opt
