// Which blocks every path to a block goes through.
//
// A block's immediate dominator is the lowest common ancestor, in the tree built so far, of the blocks that lead to it.
// The usual way to find it walks up the tree, and takes quadratic time where thousands of tests fail to one place,
// which is what a long pattern is; ancestors that are far up are skipped to here.
//
// One pass over a reverse postorder is enough when every loop is entered at its head only, as lowering makes them.
// Otherwise passes are repeated until nothing changes.
//
// Threads: any thread.
#pragma once
#include <vector>

#include "frontend/core/core.h"

namespace hj::core {

class Dominators {
 public:
  // Works on positions in `order`, a reverse postorder of the reachable blocks; rank is its inverse.
  Dominators(const Function& function, const std::vector<uint32_t>& order, const std::vector<uint32_t>& rank);
  // Of a function whose blocks are in reverse postorder, all reachable (renumber_blocks).
  explicit Dominators(const Function& function);

  // Of blocks, both reachable.
  bool dominates(uint32_t a, uint32_t b) const {
    uint32_t x = rank_.empty() ? a : rank_[a];
    uint32_t y = rank_.empty() ? b : rank_[b];
    return enter_[x] <= enter_[y] && enter_[y] < leave_[x];
  }

 private:
  void build(std::vector<std::vector<uint32_t>> predecessors);
  void attach(uint32_t node, uint32_t parent);
  uint32_t common_ancestor(uint32_t a, uint32_t b) const;
  void number_tree();

  std::vector<uint32_t> rank_;
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> depth_;
  std::vector<uint32_t> skip_;   // an ancestor further up, so that any is reached in logarithmic time
  std::vector<uint32_t> enter_;  // the tree numbered in preorder: a subtree is [enter, leave)
  std::vector<uint32_t> leave_;
};

}  // namespace hj::core
