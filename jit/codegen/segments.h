// Cuts a function into nodes and decides which of them are entries.
//
// Roots that must be: the function's first block, what a call returns to, a try's two ways out, and every receive loop (a wait
// resumes there, and only there do core graphs have cycles). A node reached from one segment only belongs to it; a node reached
// from several becomes an entry, or is repeated in each of them when it is a small leaf: a repeated `return ok` costs less than
// an entry's prefix and checks.
//
// Threads: any.
#pragma once
#include "jit/codegen/plan.h"

namespace hj::codegen {

// Fills nodes, and entries with kind, root and nodes. The entries' numbers start at `first`.
void cut_into_segments(const core::Function& function, NativeLookup& natives, EntryId first, FunctionPlan& plan);

// Whether the instruction is a call that pushes a frame.
bool cuts(const core::Instr& instr, NativeLookup& natives);

}  // namespace hj::codegen
