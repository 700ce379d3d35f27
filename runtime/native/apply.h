// erlang:apply/2,3: the natives the runtime itself needs, because every process begins at one of them.
//
// Threads: owner of the process.
#pragma once
#include "runtime/native/native.h"
#include "runtime/process/process.h"

namespace hj::rt {

// Their table; prepare_runtime() registers it.
std::span<const NativeEntry> apply_natives();

// Makes resume the code of the fun in x[arity], called with arity arguments. False: badfun or badarity is set.
bool enter_fun(Process& process, uint64_t arity);

}  // namespace hj::rt
