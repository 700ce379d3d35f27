// What generated code's request to collect does (runtime_calls.def).
#include "runtime/heap/gc.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

#if defined(HJ_CHAOS)
// So many words survive a collection at every entry; larger processes go through more entries from one to the next, so that the
// work for an entry stays bounded (deep recursions would take their depth squared).
constexpr uint64_t kWordsAtEveryEntry = 64;

static void arm_chaos(Process& process) {
  const Heap& heap = process.heap;
  // Old words too: the heap is verified as a whole.
  const uint64_t live = static_cast<uint64_t>((process.hp - heap.begin) + (heap.end - process.sp)) + heap.old_words;
  // The entry that asked counts once more.
  process.chaos_collect = 2 + live / kWordsAtEveryEntry;
}
#endif

static CollectionOutcome collect_for_entry(Process& process) {
  const CollectionOutcome outcome = collect(process, process.need);
#if defined(HJ_CHAOS)
  arm_chaos(process);
#endif
  return outcome;
}

extern "C" Transfer hj_rt_collect(Process* process) {
  if (collect_for_entry(*process) == CollectionOutcome::Done) return Transfer::Continue;
  // As OTP's max_heap_size: an untrappable kill.
  set_exiting(*process, am::killed);
  process->leave_reason = LeaveReason::Exit;
  return Transfer::Leave;
}

}  // namespace hj::rt
