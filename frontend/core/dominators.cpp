#include "frontend/core/dominators.h"

namespace hj::core {

static constexpr uint32_t kNone = UINT32_MAX;

Dominators::Dominators(const Function& f, const std::vector<uint32_t>& order, const std::vector<uint32_t>& rank)
    : rank_(rank) {
  std::vector<std::vector<uint32_t>> predecessors(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    for (const Edge& edge : f.blocks[order[i]].term.edges) predecessors[rank[edge.target.index]].push_back(i);
  }
  build(std::move(predecessors));
}

Dominators::Dominators(const Function& f) {
  std::vector<std::vector<uint32_t>> predecessors(f.blocks.size());
  for (uint32_t b = 0; b < f.blocks.size(); ++b) {
    for (const Edge& edge : f.blocks[b].term.edges) predecessors[edge.target.index].push_back(b);
  }
  build(std::move(predecessors));
}

void Dominators::attach(uint32_t node, uint32_t parent) {
  parent_[node] = parent;
  depth_[node] = depth_[parent] + 1;
  // Skips grow like the digits of a skew binary number: two of one length become one of twice the length and one.
  uint32_t far = skip_[parent];
  bool merge = depth_[parent] - depth_[far] == depth_[far] - depth_[skip_[far]];
  skip_[node] = merge ? skip_[far] : parent;
}

uint32_t Dominators::common_ancestor(uint32_t a, uint32_t b) const {
  if (depth_[a] < depth_[b]) std::swap(a, b);
  while (depth_[a] > depth_[b]) a = depth_[skip_[a]] >= depth_[b] ? skip_[a] : parent_[a];
  while (a != b) {
    bool skip = skip_[a] != skip_[b];
    a = skip ? skip_[a] : parent_[a];
    b = skip ? skip_[b] : parent_[b];
  }
  return a;
}

void Dominators::build(std::vector<std::vector<uint32_t>> predecessors) {
  uint32_t count = static_cast<uint32_t>(predecessors.size());
  parent_.assign(count, kNone);
  depth_.assign(count, 0);
  skip_.assign(count, 0);
  parent_[0] = 0;
  for (bool again = true; again;) {
    again = false;
    for (uint32_t node = 1; node < count; ++node) {
      uint32_t best = kNone;
      for (uint32_t p : predecessors[node]) {
        // An edge back into a loop comes from below its head; it is checked at the end.
        if (p >= node && parent_[node] == kNone) continue;
        best = best == kNone ? p : common_ancestor(best, p);
      }
      if (parent_[node] == best) continue;
      again = again || parent_[node] != kNone;
      attach(node, best);
    }
    for (uint32_t node = 1; node < count && !again; ++node) {
      for (uint32_t p : predecessors[node]) {
        again = again || (p >= node && common_ancestor(p, node) != node);
      }
    }
  }
  number_tree();
}

void Dominators::number_tree() {
  // Parents have smaller numbers than their children.
  uint32_t count = static_cast<uint32_t>(parent_.size());
  std::vector<uint32_t> size(count, 1);
  for (uint32_t node = count - 1; node > 0; --node) size[parent_[node]] += size[node];
  std::vector<uint32_t> next(count, 1);
  enter_.assign(count, 0);
  leave_.assign(count, size[0]);
  for (uint32_t node = 1; node < count; ++node) {
    enter_[node] = next[parent_[node]];
    next[parent_[node]] += size[node];
    next[node] = enter_[node] + 1;
    leave_[node] = enter_[node] + size[node];
  }
}

}  // namespace hj::core
