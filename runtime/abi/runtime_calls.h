// Declarations of the helpers of runtime_calls.def: their definitions include this, so that a signature cannot drift.
//
// Threads: the thread that runs the process.
#pragma once
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;
struct Export;
struct FunEntry;

extern "C" {
#define HJ_TRANSFER(name)
#define HJ_HELPER(name, result, arguments, effects) result hj_rt_##name arguments;
#include "runtime/abi/runtime_calls.def"
#undef HJ_TRANSFER
#undef HJ_HELPER
}

}  // namespace hj::rt
