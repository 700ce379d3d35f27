#include "runtime/native/native_call.h"

#include "base/check.h"
#include "runtime/arch/entry.h"
#include "runtime/code/code_loader.h"
#include "runtime/code/export_table.h"
#include "runtime/code/fun_entry.h"
#include "runtime/heap/build.h"
#include "runtime/heap/frames.h"
#include "runtime/heap/gc.h"
#include "runtime/native/thunks.h"
#include "runtime/process/exception.h"
#include "runtime/process/interrupt.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

void push_native_frame(Process& process, FullFunction then, std::initializer_list<Term> slots) {
  HJ_CHECK(slots.size() <= kNativeFrameSlots, "a native's frame with {} slots", slots.size());
  Term* frame = process.sp - (2 + slots.size());
  frame[0].bits = reinterpret_cast<uint64_t>(native_continue(static_cast<uint32_t>(slots.size())));
  frame[1].bits = reinterpret_cast<uint64_t>(then);
  std::copy(slots.begin(), slots.end(), frame + 2);
  process.sp = frame;
}

static Term call_leaf(Process& p, const NativeEntry& native) {
  const Term* x = p.x;
  using F0 = Term (*)(Process&);
  using F1 = Term (*)(Process&, Term);
  using F2 = Term (*)(Process&, Term, Term);
  using F3 = Term (*)(Process&, Term, Term, Term);
  using F4 = Term (*)(Process&, Term, Term, Term, Term);
  using F5 = Term (*)(Process&, Term, Term, Term, Term, Term);
  using F6 = Term (*)(Process&, Term, Term, Term, Term, Term, Term);
  switch (native.arity) {
    case 0: return reinterpret_cast<F0>(native.function)(p);
    case 1: return reinterpret_cast<F1>(native.function)(p, x[0]);
    case 2: return reinterpret_cast<F2>(native.function)(p, x[0], x[1]);
    case 3: return reinterpret_cast<F3>(native.function)(p, x[0], x[1], x[2]);
    case 4: return reinterpret_cast<F4>(native.function)(p, x[0], x[1], x[2], x[3]);
    case 5: return reinterpret_cast<F5>(native.function)(p, x[0], x[1], x[2], x[3], x[4]);
    case 6: return reinterpret_cast<F6>(native.function)(p, x[0], x[1], x[2], x[3], x[4], x[5]);
  }
  HJ_UNREACHABLE("a leaf native with {} arguments", native.arity);
}

NativeResult run_native(Process& process, const NativeEntry& native) {
  process.raise_entry = nullptr;
  process.raise_native = &native;
  // The stack may grow by one frame: fragments take what does not fit below.
  process.heap_limit = process.sp - kNativeStackWords;
  if (native.kind == NativeKind::Leaf) return return_or_raise(process, call_leaf(process, native));
  return reinterpret_cast<FullFunction>(native.function)(process, process.x);
}

Transfer apply_native_result(Process& process, NativeResult result) {
  switch (result) {
    case NativeResult::Return:
      process.resume = reinterpret_cast<Code>(process.sp->bits);
      return Transfer::Continue;
    case NativeResult::Raise:
      return raise_pending(process);
    case NativeResult::Trap:
      return Transfer::Continue;
    case NativeResult::Yield:
      process.leave_reason = LeaveReason::Yield;
      return Transfer::Leave;
    case NativeResult::Wait:
      process.leave_reason = process.is_exiting ? LeaveReason::Exit : LeaveReason::Wait;
      return Transfer::Leave;
  }
  HJ_UNREACHABLE("native result {}", static_cast<int>(result));
}

Transfer raise_undefined(Process& process, const Export& cell) {
  raise_error(process, am::undef);
  return raise_pending_in(process, cell.module, cell.function, cell.arity);
}

// Room for a native's frame, and a look at the reductions: thunks are entries like others. False: leave_reason is set or the
// process goes on elsewhere.
static bool may_run_native(Process& process) {
  open_heap(process);
  process.reds--;
  if (process.reds <= process.poll.load(std::memory_order_relaxed)) {
    if (process.poll.load(std::memory_order_relaxed) != 0 && !handle_interrupt(process)) return false;
    if (process.reds <= 0) {
      process.leave_reason = LeaveReason::Yield;
      return false;
    }
  }
  if (process.sp - process.hp < static_cast<ptrdiff_t>(kNativeStackWords) &&
      collect(process, kNativeStackWords) == CollectionOutcome::HeapLimitExceeded) {
    set_exiting(process, am::killed);
    process.leave_reason = LeaveReason::Exit;
    return false;
  }
  return true;
}

static Transfer call_native_thunk(Process& process, const NativeEntry& native) {
  if (!may_run_native(process)) return Transfer::Leave;
  if (native.kind == NativeKind::Blocking) {
    process.leave_reason = LeaveReason::Block;
    return Transfer::Leave;
  }
  return apply_native_result(process, run_native(process, native));
}

static Transfer call_undefined_thunk(Process& process, const Export& cell) {
  if (!may_run_native(process)) return Transfer::Leave;
  // Loaded since the caller read its cell.
  if (is_defined(&cell)) {
    process.resume = active_address(&cell);
    return Transfer::Continue;
  }
  if (code_loader() == nullptr) return raise_undefined(process, cell);
  process.leave_reason = LeaveReason::Block;
  return Transfer::Leave;
}

// The closure stands behind the arguments. While a purge is undecided its callers wait; then there is code again, or none.
static Transfer call_purged_fun(Process& process, uint32_t arity) {
  if (!may_run_native(process)) return Transfer::Leave;
  const auto* fun = reinterpret_cast<const FunObject*>(process.x[arity].boxed());
  // Acquire, both: pair with the releases of loads and purges.
  Code code = fun->entry->code.load(std::memory_order_acquire);
  if (code != process.resume) {
    process.resume = code;
    return Transfer::Continue;
  }
  if (fun->entry->version.load(std::memory_order_acquire) != nullptr) {
    process.reds = 0;
    process.leave_reason = LeaveReason::Yield;
    return Transfer::Leave;
  }
  raise_error(process, make_tuple(process, {am::badfun, process.x[arity]}));
  process.raise_native = nullptr;
  process.raise_entry = nullptr;
  return raise_pending(process);
}

extern "C" {

Transfer hj_rt_call_thunk(Process* p) {
  const Thunk& thunk = *thunk_of(p->resume);
  switch (thunk.kind) {
    case ThunkKind::Native: return call_native_thunk(*p, *thunk.native);
    case ThunkKind::Undefined: return call_undefined_thunk(*p, *thunk.cell);
    case ThunkKind::PurgedFun: return call_purged_fun(*p, thunk.arity);
  }
  HJ_UNREACHABLE("thunk kind {}", static_cast<int>(thunk.kind));
}

Transfer hj_rt_native_continue(Process* p) {
  Term* frame = p->sp;
  const Descriptor& descriptor = descriptor_at(reinterpret_cast<Code>(frame->bits));
  auto then = reinterpret_cast<FullFunction>(frame[1].bits);
  std::copy(frame + 2, frame + descriptor.frame_words, p->x + 1);
  p->sp = frame + descriptor.frame_words;
  // The frame's own words are room for another of its size.
  p->heap_limit = frame;
  p->raise_entry = nullptr;
  p->raise_native = nullptr;
  return apply_native_result(*p, then(*p, p->x));
}

}  // extern "C"

}  // namespace hj::rt
