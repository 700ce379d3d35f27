// Checks everything the collector's invariants promise of one process's heap: for tests, debug and chaos builds.
//
// Threads: owner only, at entries.
#pragma once
#include <string>

namespace hj::rt {

struct Process;

// Empty, or what is wrong, naming the invariant. Requires what holds right after a collection: no fragments, and the block a
// row of whole objects up to hp.
std::string verify_heap(Process& process);

// HJ_CHECKs verify_heap; large heaps only now and then.
void verify_after_collection(Process& process);

}  // namespace hj::rt
