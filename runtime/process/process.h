// One Erlang process: what generated code, the collector, its mailbox and the schedulers keep of it.
//
// A Process is small (100,000 idle ones are normal): whatever most processes never have (links, monitors, a dictionary, a
// receive timer) hangs off pointers that stay null. Its argument registers belong to the scheduler that runs it; while it
// does not run, the live ones are in saved_x (at most kArgRegisters) or more_x (all of them, when there are more).
//
// Life: created Runnable; then between Runnable, Running, Waiting and Blocked until it is Dead. State words:
//   Runnable  in exactly one run queue (or about to be put into one by whoever made it Runnable)
//   Running   some scheduler runs it
//   Waiting   in no queue; whoever moves it to Runnable puts it into one
//   Blocked   a thread of the blocking pool runs a native on it
//   Dead      its pid is gone from the table; memory goes after thread progress
//
// Invariants:
//   P1  Only the owner touches the owner's fields. Owner: the scheduler that moved it Runnable -> Running; the pool thread of
//       a Blocked process; the holder of kHeld (reading only); its creator before it is first made Runnable.
//   P2  kHeld is set only on a process that is not Running, by hold() (hold.h); nobody moves a held process's state but from
//       Waiting to Runnable, and a scheduler that pops one puts it back.
//   P3  Waiting -> Runnable is one compare-exchange: exactly one waker queues the process.
//   P4  Before the owner leaves it Waiting it publishes the state, then looks at the outer mailbox again (pairs with the
//       push and the look at the state in wake(); both sides sequentially consistent): no wake-up is lost.
//   P5  A Process* from the table is valid until the thread's next schedule point, or as long as its ProgressGuard lives.
//
// Threads: by field group.
#pragma once
#include <atomic>
#include <cstdint>
#include <span>

#include "runtime/abi/context.h"
#include "runtime/heap/heap.h"
#include "runtime/process/mailbox.h"

namespace hj::rt {

struct Dictionary;
struct ProcessGroup;
struct Relations;
struct Timer;

enum class ProcessState : uint32_t { Runnable, Running, Waiting, Blocked, Dead };
// Bits beside the state in Process::state.
inline constexpr uint32_t kStateMask = 0xf;
inline constexpr uint32_t kHeld = 0x10;
// Who wants to hold a Running process sets this and p->poll: the end of the slice leaves the process held.
inline constexpr uint32_t kHoldRequested = 0x20;

enum class Priority : uint8_t { Max, High, Normal, Low };

// Why generated code came back to the scheduler.
enum class LeaveReason : uint8_t { Yield, Wait, Block, Exit };

struct Process : ProcessContext {
  // -- constant after creation
  Term pid;
  Term parent;
  Term initial_module;
  Term initial_function;
  uint32_t initial_arity = 0;
  // Processes started by one entry: counted, so that `hotjit run` knows when all have ended. Null: counted nowhere.
  ProcessGroup* group = nullptr;

  // -- owner
  LeaveReason leave_reason = LeaveReason::Yield;
  // What process_info says of it: Running, but for signals executed before it goes on after having been something else.
  ProcessState seen_as = ProcessState::Runnable;
  Priority priority = Priority::Normal;
  bool trap_exit = false;
  // heap_alloc and friends wish a collection: set together with poll (request_collect).
  bool wants_collect = false;
  // What leaf natives cost beyond one call, still to be taken from reds (charge_reductions).
  int64_t owed_reductions = 0;
  // An exit signal that ends the process has arrived: exit_reason (in exit_fragment, or an immediate or literal) counts.
  bool is_exiting = false;
  uint16_t saved_count = 0;
  // The scheduler whose queue it was last in; timers and wakers from outside put it there again.
  uint16_t home = 0;

  Heap heap;
  Term saved_x[kArgRegisters];
  Term* more_x = nullptr;
  MailboxOwnerSide inbox;
  Relations* relations = nullptr;
  Dictionary* dictionary = nullptr;
  Timer* receive_timer = nullptr;
  Term group_leader;
  // Beside a pending exception: the cause error_info names (an atom), or the whole map of erlang:error/3; a non-value: none.
  Term raise_cause;
  Term exit_reason;
  Fragment* exit_fragment = nullptr;
  uint64_t reductions = 0;
  // Questions of others that wait until this process may allocate (requests.h), newest first.
  Signal* open_requests = nullptr;
  // The answer to a question of its own, or null.
  Signal* reply = nullptr;
  // Which request it waits for; and the native a Blocked process runs.
  uint64_t request_id = 0;
  const NativeEntry* blocking_native = nullptr;

  // -- any thread (far from the fields generated code uses)
  std::atomic<uint32_t> state{static_cast<uint32_t>(ProcessState::Runnable)};
  MailboxSenderSide outbox;
  // Atom, non-value (none) or kNameClosed (the process is ending): changed by compare-exchange (registry.h).
  std::atomic<uint64_t> registered_name{kNonValue};
  // The run queue's: the next process in the same queue. Written by whoever holds that queue's lock.
  Process* queue_next = nullptr;
};

// The live argument registers of a process at its resume entry: roots. In x while it runs, saved while it does not.
std::span<Term> live_args(Process& process);

// Ends the current slice at the next entry and collects first. Owner only.
inline void request_collect(Process& process) {
  process.wants_collect = true;
  // Relaxed: read by the same thread.
  process.poll.store(kInterrupted, std::memory_order_relaxed);
}

// Lets a native pay for long work. Leaf natives cannot lower reds itself, which is in a register then: the debt is taken at the
// next entry once it is worth an interruption. Owner only.
inline void charge_reductions(Process& process, int64_t reductions) {
  constexpr int64_t kWorthInterrupting = 200;
  process.owed_reductions += reductions;
  // Relaxed: read by the same thread.
  if (process.owed_reductions >= kWorthInterrupting) process.poll.store(kInterrupted, std::memory_order_relaxed);
}

// Lets natives allocate up to the stack: before C++ works on a process whose generated code is not on its way. Owner only.
inline void open_heap(Process& process) { process.heap_limit = process.sp; }

// A process in no table and no queue, its heap of this size: for tests and for building terms outside any process.
Process* make_bare_process(size_t heap_words);
void free_bare_process(Process* process);

}  // namespace hj::rt
