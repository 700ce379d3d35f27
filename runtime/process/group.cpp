#include "runtime/process/group.h"

#include "runtime/term/atoms.h"
#include "runtime/term/print.h"

namespace hj::rt {

void join_group(Process& process, ProcessGroup* group) {
  process.group = group;
  // Relaxed: the count cannot be 0 here (PG1), and only the last one's departure publishes anything.
  if (group != nullptr) group->alive.fetch_add(1, std::memory_order_relaxed);
}

// shutdown and {shutdown, _} are how programs stop what they started.
static bool is_orderly(Term reason) {
  return reason == am::normal || reason == am::shutdown ||
         (reason.is_tuple() && reason.tuple_size() == 2 && reason.tuple_elements()[0] == am::shutdown);
}

void leave_group(Process& process, Term reason) {
  ProcessGroup* group = process.group;
  if (group == nullptr) return;
  if (process.pid == group->entry_pid) {
    std::lock_guard guard(group->lock);
    group->outcome = is_orderly(reason) ? EntryOutcome::Normal : EntryOutcome::Crashed;
    if (group->outcome == EntryOutcome::Crashed) {
      pretty_term(group->entry_reason, reason, {.encoding = Encoding::Unicode});
    }
    group->changed.notify_all();
  }
  // Acquire and release: the last one sees, and shows the waiter, what all did before.
  if (group->alive.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    std::lock_guard guard(group->lock);
    group->is_empty = true;
    group->changed.notify_all();
  }
}

}  // namespace hj::rt
