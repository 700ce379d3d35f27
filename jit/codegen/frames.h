// Gives every value that lives across a call its slot, and every call its frame.
//
// Values that share no frame may share a slot. Frames with few values are served first, so that they get the low slots and stay
// small even in a function that has a large frame elsewhere.
//
// Threads: any.
#pragma once
#include "jit/codegen/plan.h"

namespace hj::codegen {

// Makes plan.frames from the live values, assigns plan.slots, and appends the slot maps. Also decides which shared blocks take
// their values from a frame (EntryPlan::jumped_to).
void lay_out_frames(const core::Function& function, const std::vector<std::vector<core::ValueId>>& live, FunctionPlan& plan,
                    std::vector<uint64_t>& slot_maps);

}  // namespace hj::codegen
