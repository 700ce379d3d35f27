// How natives are entered and left: what the thunks' transfer and the blocking pool share.
//
// Threads: owner of the process.
#pragma once
#include <initializer_list>

#include "runtime/abi/context.h"
#include "runtime/native/native.h"
#include "runtime/process/process.h"

namespace hj::rt {

// Words of stack every Full native may use for a frame of its own.
inline constexpr size_t kNativeStackWords = 16;

// -- for natives
inline NativeResult return_value(Process& process, Term value) {
  process.x[0] = value;
  return NativeResult::Return;
}
// A tail call of an entry with its arguments in args.
inline NativeResult trap_to(Process& process, Code entry) {
  process.resume = entry;
  return NativeResult::Trap;
}
// The raise_* functions of build.h return a non-value: return raised(raise_badarg(process)).
inline NativeResult raised(Term) { return NativeResult::Raise; }
// A leaf's value as a Full native's end.
inline NativeResult return_or_raise(Process& process, Term value) {
  return value.is_value() ? return_value(process, value) : NativeResult::Raise;
}

// A frame of a native's own under what it traps to: when that returns, `then` is called with args[0] the value and args[1..]
// the slots; the frame is gone by then. At most one per call of a native, at most kNativeFrameSlots slots.
void push_native_frame(Process& process, FullFunction then, std::initializer_list<Term> slots);

// -- for whoever calls natives
// Runs the native on the arguments in x. The process must have room for kNativeStackWords.
NativeResult run_native(Process& process, const NativeEntry& native);
// Goes on as the result says; resume is still the native's thunk.
Transfer apply_native_result(Process& process, NativeResult result);
// error:undef with {M, F, Args} as the first line; the arguments are in x.
Transfer raise_undefined(Process& process, const struct Export& cell);

}  // namespace hj::rt
