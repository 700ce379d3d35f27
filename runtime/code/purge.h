// What a purge asks of the processes: who is in the old code, their end, and copies of the literals they still use.
//
// A process lingers in a version when its resume entry or a return address on its stack (handlers' frames included) lies in
// the version's code. Closures, literals and stored traces keep nobody from surviving.
//
// A parked process is looked at in place while it is held (hold.h); one that runs is held at the end of its slice. So the cost
// of a purge is one look at every process, not one request to each.
//
// Threads: any thread that may block, never a scheduler. One purge at a time (the code server's lock).
#pragma once
#include <span>
#include <vector>

#include "runtime/abi/term.h"
#include "runtime/code/version.h"

namespace hj::rt {

// Pids of those that linger. Requires that nobody can enter the version any more but from inside (cells, fun entries): then a
// process that does not linger now never will.
std::vector<Term> find_lingering(const Version& version);
bool any_lingering(const Version& version);
// One process; false when there is none.
bool is_lingering(Term pid, const Version& version);

// Sends each the exit signal `kill` and waits until it has ended, but not for those that are Blocked in a native: the caller may
// be one of them, or one of them may be waiting for the caller. They end when the native does, before they return to any code.
// The pids that are still there.
std::vector<Term> kill_and_wait(std::span<const Term> pids);

// Has every process that uses literals of the area copy them, then gives the area back. Nobody can make new references to the
// area any more: its code is gone. Returns at once; the work happens on a thread of its own, one area at a time.
void release_literals(Term* begin, Term* end);

}  // namespace hj::rt
