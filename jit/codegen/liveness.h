// Which values are live where a segment begins: what frames and the arguments of shared blocks are made of.
//
// Each use is walked back to its definition (the graph is in SSA form), so the cost is the sum of the live ranges' lengths,
// and no sets are kept but those of the roots.
//
// Threads: any.
#pragma once
#include "jit/codegen/plan.h"

namespace hj::codegen {

// By entry (from plan.first_entry): the values live at its root's start that the root does not define, sorted.
std::vector<std::vector<core::ValueId>> live_at_entries(const core::Function& function, const FunctionPlan& plan);

// What a node's start defines: its block's parameters, or the value of the call before it.
void for_each_definition_at_start(const core::Function& function, const Node& node,
                                  const std::function<void(core::ValueId)>& visit);

}  // namespace hj::codegen
