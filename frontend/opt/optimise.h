// What is made better about Core before code is generated, where knowing Erlang helps; LLVM does the rest.
//
// Nothing here may show: results, errors, stack traces, the identity of funs and what purge sees are those of the
// module as it was lowered. One exception is on purpose: OTP makes calls of functions that never return tail calls, and
// its traces show it, so ours do too (no_return.cpp).
//
// Threads: any thread, a module has one owner.
#pragma once
#include "frontend/pipeline.h"

namespace hj::opt {

void optimise_module(core::Module& module, const CompileOptions& options);

}  // namespace hj::opt
