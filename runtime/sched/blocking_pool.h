// Threads for natives that block: files, compilation, loading, purging.
//
// A scheduler must never block. A process that calls a Blocking native (or a function of a module that has to be loaded first)
// is parked as Blocked and handed over here; one of the pool's threads runs the native on the process's heap and puts the process
// back into the injector. Threads are made when all others are busy, up to kMaxThreads; their stacks are large (the compiler's
// recursion, LLVM), but only touched pages cost memory.
//
// Invariants:
//   BP1  A submitted process is Blocked and belongs to the pool until it is made Runnable (or ends) here.
//   BP2  Before the thread changes anything a holder may read (HO2), it makes the process Running, which excludes holders.
//
// Threads: submit by schedulers; the rest by the runtime's start and stop.
#pragma once
#include <cstddef>

#include "runtime/process/process.h"

namespace hj::rt {

inline constexpr size_t kBlockingStackBytes = size_t{256} << 20;
inline constexpr size_t kMaxBlockingThreads = 16;

void submit_blocking(Process& process);

void start_blocking_pool();
// Waits for natives that run; processes still queued stay Blocked.
void stop_blocking_pool();

}  // namespace hj::rt
