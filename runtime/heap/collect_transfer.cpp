// What generated code's request to collect does (runtime_calls.def).
#include "runtime/heap/gc.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

extern "C" Transfer hj_rt_collect(Process* process) {
  // The entry asks once: it goes on when it finds 0.
  process->chaos_collect = 0;
  if (collect(*process, process->need) == CollectionOutcome::Done) return Transfer::Continue;
  // As OTP's max_heap_size: an untrappable kill.
  set_exiting(*process, am::killed);
  process->leave_reason = LeaveReason::Exit;
  return Transfer::Leave;
}

}  // namespace hj::rt
