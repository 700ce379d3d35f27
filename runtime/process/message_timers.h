// Timers that send a message: erlang:send_after and start_timer.
//
// A message timer holds its message in a signal ready to be delivered, and is found by its reference through a table in shards.
// Whoever takes the timer's entry out of the table owns the timer: the wheel that fires it, or the process that cancels it.
//
// Invariants:
//   MT1  A timer is in the table from its start to its firing or cancellation, whichever takes it out.
//
// Threads: any thread.
#pragma once
#include <cstdint>
#include <optional>

#include "runtime/process/process.h"
#include "runtime/process/signal.h"

namespace hj::rt {

enum class TimerMessage : uint8_t {
  Bare,      // send_after: Msg
  Wrapped,   // start_timer: {timeout, TimerRef, Msg}
};

// to: a pid, or an atom whose process is looked up when the time comes. The reference stands on the process's heap.
Term start_message_timer(Process& process, Term to, Term message, TimerMessage kind, int64_t deadline_ns);
// Milliseconds that were left; nothing: no such timer (any more).
std::optional<int64_t> cancel_message_timer(Term reference);
std::optional<int64_t> read_message_timer(Term reference);

// At the runtime's end, when schedulers have stopped: forgets all timers.
void discard_message_timers();

}  // namespace hj::rt
