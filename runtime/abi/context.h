// The part of a Process that generated code reads and writes, and how generated code is entered and left.
//
// Generated code is one kind of function (DESIGN: "Generated code"):
//     preserve_none void f(Process* p, Term* hp, Term* sp, int64_t reds, Term x0 .. x5)
// p, hp, sp, reds stand in R12..R15 on x86-64, which C functions preserve. Argument i >= 6 stands in p->x[i]. The stack grows
// down from the end of the block whose beginning is the heap; sp[0] is always a return address (a continuation).
//
// An *entry* is a place a process may be resumed at: function entry, continuation, handler, receive loop, shared block. It is
// 16-aligned and has a CodePrefix in front (descriptor.h). At an entry every live value is an argument or in the frame.
//
// Leaving: generated code stores the entry to come back to in p->resume and tail calls one of the stubs of
// runtime/arch/<machine>.S (runtime_calls.def, HJ_TRANSFER). The stub stores hp, sp, reds and x0..x5 in p (x[0..5]) and
// calls the C++ function `Transfer hj_rt_<name>(Process*)`. Continue: everything is reloaded from p and execution goes on at
// p->resume. Leave: control returns to the scheduler.
//
// Leaf natives and runtime helpers are C functions called in the middle of a segment. Before a call that may allocate,
// generated code stores hp in p->hp and (sp - words it will still need itself) in p->heap_limit; afterwards it reloads hp.
// Nothing collects inside such a call: who finds no room between hp and heap_limit allocates a heap fragment.
//
// Invariants:
//   X1  While generated code runs, hp, sp and reds live in registers; the fields are stale.
//   X2  heap_limit is valid only during the call it was stored for.
//   X3  poll is 0 or kInterrupted. Anybody may set it (relaxed: the interrupted process also takes a fence when it yields);
//       only the scheduler running the process clears it.
//   X4  At hj_raise, hj_call_fun and hj_call_dynamic after a tail call sp is the caller's frame: the frame of the function at
//       raise_entry has been left. After a non-tail fun or dynamic call raise_entry is null and the frame is on the stack.
//
// Threads: owner only (the scheduler that runs the process), except poll: any thread.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;
struct NativeEntry;
using Code = const void*;

inline constexpr int kArgRegisters = 6;
inline constexpr int kMaxArity = 255;
// Words of ProcessContext::x: all arguments of the largest call and room for what natives keep there.
inline constexpr int kXRegisters = 264;
inline constexpr int64_t kInterrupted = INT64_MAX;

struct ProcessContext {
  // Compared with reds at every function entry: reds <= poll leads to hj_yield.
  std::atomic<int64_t> poll{0};
  Term* hp = nullptr;
  Term* sp = nullptr;
  // Reductions left. Natives may lower it (0: yield at the next entry).
  int64_t reds = 0;
  Term* heap_limit = nullptr;
  // The running scheduler's argument registers, kXRegisters words; null while the process does not run.
  Term* x = nullptr;
  // Where to go on.
  Code resume = nullptr;
  // Words an entry asks hj_collect for (heap and stack together).
  uint64_t need = 0;
  // A pending exception, set by whoever raises, consumed by hj_raise. Class is an atom; trace is a raw trace to keep
  // (erlang:raise, rethrow) or kNonValue for "make one".
  Term exception_class;
  Term exception_reason;
  Term exception_trace;
  // Where generated code raised: an entry of the version and the site's number in it.
  Code raise_entry = nullptr;
  uint64_t raise_site = 0;
  // The native that raised, with its arguments in x[0..arity), or null: it is shown as the first line of the trace.
  const NativeEntry* raise_native = nullptr;
  // Arguments to show in the first line of the trace instead of the arity (function_clause, erlang:error/2): a list, or a
  // non-value. Consumed by hj_raise.
  Term exception_args;
  // Chaos build: each entry takes one off, and who makes it 0 collects first. hj_collect sets it. 0: never (bare processes).
  uint64_t chaos_collect = 1;
};

enum class Transfer : uint64_t { Continue = 0, Leave = 1 };

}  // namespace hj::rt
