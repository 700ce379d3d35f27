// The collector: when a process collects, and what that leaves.
//
// Called at entries only (context.h), where every live term is an argument, in a frame, or hangs off the process; nothing
// else may hold a term across a call of collect. The essay in gc.cpp has the invariants.
//
// Threads: owner only.
#pragma once
#include <cstdint>

#include "runtime/abi/context.h"
#include "runtime/heap/heap.h"

namespace hj::rt {

enum class CollectionKind : uint8_t {
  Automatic,   // minor, or major when the counters say so
  Major,
};

enum class CollectionOutcome : uint8_t {
  Done,
  HeapLimitExceeded,   // the process must die as by exit(Pid, kill); its heap is whole
};

// Afterwards there are `need` words between hp and sp, fragments are empty, heap_limit is open.
CollectionOutcome collect(Process& process, uint64_t need, CollectionKind kind = CollectionKind::Automatic);

// A major collection that also copies what the process still uses of a literal area about to be freed.
CollectionOutcome collect_literals(Process& process, const Term* area_begin, const Term* area_end);

// Words a process may hold when it has no limit of its own; at start: the machine's memory.
void set_default_max_heap_words(uint64_t words);
uint64_t default_max_heap_words();

// The block size the growth policy gives for this many words (Fibonacci-like, then by fifths).
uint64_t next_block_words(uint64_t words);

// Of all collections since the start: how many, and the words they found dead (erlang:statistics(garbage_collection)).
struct CollectionTotals {
  uint64_t collections;
  uint64_t words_reclaimed;
};
CollectionTotals collection_totals();

// runtime_calls.def: collect.
extern "C" Transfer hj_rt_collect(Process* process);

}  // namespace hj::rt
