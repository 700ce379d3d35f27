// What a process does about the signals it has got, and about its poll.
//
// Signals are executed by their receiver, at these points: when a receive runs out of messages, when it starts to wait, when
// its poll stops it at an entry, and when it is scheduled with its poll set. Messages among them go to the inner queue in the
// order of arrival, so order is kept between all kinds of signals of one sender.
//
// Threads: owner only.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// Takes over what has arrived. Afterwards is_exiting may be set. Allocates nothing on the process's heap: helpers and leaf
// natives may call it whose callers keep hp in a register.
void fetch_signals(Process& process);

// Clears poll and sees to what it may have been set for: signals, a wished collection, somebody who wants to hold the process
// still. resume and the live arguments must be those of an entry. True: go on at resume; false: leave_reason is set.
bool handle_interrupt(Process& process);

// The process ends at its next point of leaving, with this reason. The first such reason counts. The fragment, if any,
// holds the reason and is taken over.
void set_exiting(Process& process, Term reason, Fragment* fragment = nullptr);

// Frees what the inner queue holds.
void drop_messages(Process& process);

}  // namespace hj::rt
