// Which blocks every path to a block goes through.
//
// Threads: any thread.
#pragma once
#include <vector>

#include "frontend/core/core.h"

namespace hj::opt {

// Of a function whose blocks are in reverse postorder, all reachable (renumber_blocks).
class Dominators {
 public:
  explicit Dominators(const core::Function& function);
  bool dominates(uint32_t a, uint32_t b) const { return enter_[a] <= enter_[b] && enter_[b] < leave_[a]; }

 private:
  std::vector<uint32_t> enter_;
  std::vector<uint32_t> leave_;
};

}  // namespace hj::opt
