#include "runtime/process/exception.h"

#include "runtime/arch/entry.h"
#include "runtime/code/tier_up.h"
#include "runtime/heap/build.h"
#include "runtime/heap/frames.h"
#include "runtime/native/native.h"
#include "runtime/process/crash_report.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/stacktrace.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

Term raise_badarg_cause(Process& process, Term cause) {
  process.raise_cause = cause;
  return raise_badarg(process);
}

// The innermost frame of a TryCall, or null.
static Term* find_handler(Process& process) {
  Term* found = nullptr;
  for_each_frame(process.sp, process.heap.end, [&](Term* frame, Code, const Descriptor& descriptor) {
    if (descriptor.is_handler_frame) found = frame;
    return found == nullptr;
  });
  return found;
}

static void forget_exception(Process& process) {
  process.exception_reason = Term::nil();
  process.exception_trace = Term::non_value();
}

// What the process ends with: error gets its stack trace, throw is an error nobody has caught, exit is its reason.
static void end_uncaught(Process& process, Term exception_class, Term reason, Term trace) {
  if (exception_class != am::exit) {
    if (exception_class == am::throw_) reason = make_tuple(process, {am::nocatch, reason});
    reason = make_tuple(process, {reason, build_stacktrace(process, trace)});
    report_crash(process, reason);
  }
  set_exiting(process, reason);
  process.leave_reason = LeaveReason::Exit;
}

// Goes to the handler, or ends the process.
static Transfer unwind(Process& process, Term new_trace) {
  // A native that has found its process to be ending returns as if it had raised.
  if (process.is_exiting) {
    process.leave_reason = LeaveReason::Exit;
    return Transfer::Leave;
  }
  Term exception_class = process.exception_class;
  Term reason = process.exception_reason;
  Term trace = process.exception_trace.is_value() ? process.exception_trace : new_trace;
  forget_exception(process);
  Term* frame = find_handler(process);
  if (frame == nullptr) {
    end_uncaught(process, exception_class, reason, trace);
    return Transfer::Leave;
  }
  process.sp = frame;
  open_heap(process);
  process.resume = fastest_entry(descriptor_at(reinterpret_cast<Code>(frame->bits)).handler);
  process.x[0] = exception_class;
  process.x[1] = reason;
  process.x[2] = trace;
  return Transfer::Continue;
}

Transfer raise_pending(Process& process) {
  open_heap(process);
  return unwind(process, make_raw_trace(process));
}

Transfer raise_pending_in(Process& process, Term module, Term function, uint32_t arity) {
  open_heap(process);
  Term line = make_tuple(process, {module, function, make_list(process, {process.x, arity})});
  process.raise_native = nullptr;
  process.raise_entry = nullptr;
  return unwind(process, make_raw_trace(process, line));
}

Term current_stacktrace(Process& process, Code at) {
  process.raise_entry = at;
  process.raise_site = at == nullptr ? 0 : prefix_of(at).site;
  process.raise_native = nullptr;
  return build_stacktrace(process, make_raw_trace(process));
}

extern "C" Transfer hj_rt_raise(Process* process) { return raise_pending(*process); }

}  // namespace hj::rt
