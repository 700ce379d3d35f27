// Literal areas of purged versions: copied by whoever still uses them, then freed.
//
// The code of a purged version goes at once, its literals cannot: terms made of them may be in any heap, mailbox or dictionary.
// A thread of its own takes one area at a time (OTP's erts_literal_area_collector does the same as a process):
//
//   1. publish the area (retiring_literals.h): from now on copies between processes copy literals of the area, too
//   2. wait for thread progress: every copy made without that knowledge has arrived
//   3. look at every process while it is held. Parked: its heap is searched for pointers into the area; when there are any, a major
//      collection copies what is used (gc.h, collect_literals). Its messages, accepted or not, are patched where they stand
//   4. Blocked processes are looked at when their natives have returned. Such a native may have copied terms before it could
//      know of the area; all that has arrived by the time it returns, so when there were any, step 3 is done once more
//   5. withdraw the area, wait for thread progress, free it
//
// Why held and not asked: a parked process costs a search of its heap, some 100 ns, and need not be scheduled at all (OTP asks
// each of them by a signal). Why the search: most processes have no literal of the area, and a major collection of each
// would cost far more.
//
// Invariants:
//   LC1  One area at a time is published; areas are freed in the order they were released.
//   LC2  Nobody makes new references to a released area: its code is gone, its closures lead nowhere (purger.h).
//   LC3  Terms that stand outside all processes for long have been copied with LiteralPolicy::Copy.
//   LC4  A message's term points only to its fragments (Signal::fragment and those behind it) and to literals; every signal
//        whose term is no immediate has a fragment.
//
// Threads: any thread that may block. The runtime's stop ends the thread before it ends the schedulers.
#pragma once
#include <cstddef>

#include "runtime/abi/term.h"
#include "runtime/heap/retiring_literals.h"

namespace hj::rt {

struct Process;

// Ends the thread at the next process. What is still queued goes on after the next release_literals.
void stop_literal_collector();
// Waits until all areas released so far are free. For tests and for measuring memory.
void await_literal_collector();
// How many have been released and are not free yet.
size_t retiring_area_count();

// Steps 3 for one process, which the caller holds or owns. False when nothing of the area was found.
bool drop_literals(Process& process, const LiteralArea& area);

}  // namespace hj::rt
