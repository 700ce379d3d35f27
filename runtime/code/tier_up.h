// Going from a version's first body to its optimized one.
//
// Both bodies have the same entries and frames, so the only thing that changes is where a process goes on at the end of a slice, or
// after an exception. Frames below keep their return addresses in the first body: what they call runs slowly until the next
// end of a slice, which is a few microseconds a frame. Rewriting the stack instead would cost time in proportion to its
// depth at every yield.
//
// Who counts: a slice that ends in the first body, out of reductions or waiting for a message. A version whose count reaches
// hot_yields is given to the code loader.
//
// Threads: the scheduler that runs the process.
#pragma once
#include "runtime/code/version.h"

namespace hj::rt {

// The same entry in the fastest body there is.
inline Code fastest_entry(Code entry) {
  const CodePrefix& prefix = prefix_of(entry);
  // Acquire: pairs with the release of who made the body.
  const FastBody* fast = prefix.version->fast.load(std::memory_order_acquire);
  return fast == nullptr ? entry : fast->entries[prefix.descriptor];
}

// At the end of a slice: where to go on. Counts.
Code entry_after_slice(Code resume);

}  // namespace hj::rt
