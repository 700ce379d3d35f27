// The literal area that is about to be freed: at most one at a time.
//
// From the moment it is published, whoever copies a term to another process copies literals of this area too instead of sharing
// them (copy.h), so that once every process has copied what it uses itself, nobody refers to the area any more.
//
// Invariants:
//   L1  The area is published before a thread progress that the literal collector waits for; a copy is sized, made and
//       delivered between two quiet points (a ProgressGuard on threads that are no schedulers). So a copy that shares the
//       area's literals has arrived before any process is looked at.
//   L2  The object pointed to lives until thread progress after it has been withdrawn.
//
// Threads: published and withdrawn by the literal collector, read by any thread.
#pragma once
#include <atomic>

#include "runtime/abi/term.h"

namespace hj::rt {

struct LiteralArea {
  const Term* begin;
  const Term* end;
  bool contains(const void* at) const { return at >= begin && at < end; }
};

// Null most of the time.
extern std::atomic<const LiteralArea*> retiring_literals;

}  // namespace hj::rt
