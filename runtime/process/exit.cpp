#include "runtime/process/exit.h"

#include <utility>

#include "base/check.h"
#include "runtime/heap/memory.h"
#include "runtime/process/alias.h"
#include "runtime/process/dictionary.h"
#include "runtime/process/group.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/receive.h"
#include "runtime/process/registry.h"
#include "runtime/process/relations.h"
#include "runtime/process/requests.h"
#include "runtime/process/send.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"

namespace hj::rt {

static void delete_process(void* process) { delete static_cast<Process*>(process); }

// Everything but the Process itself, which others may still be looking at.
static void release_contents(Process& process) {
  stop_receive_timer(process);
  drop_messages(process);
  if (process.reply != nullptr) free_signal(process.reply);
  while (process.open_requests != nullptr) free_signal(std::exchange(process.open_requests, process.open_requests->next));
  process.reply = nullptr;
  free_dictionary(process);
  if (process.exit_fragment != nullptr) free_fragment(process.exit_fragment);
  process.exit_fragment = nullptr;
  delete[] process.more_x;
  process.more_x = nullptr;
  heap_release(process);
}

// What came too late to be executed. Links and monitors are told the reason all the same.
static void answer_late_signals(Process& process, Term reason) {
  Signal* signal = process.outbox.close();
  while (signal != nullptr) {
    Signal* next = signal->next;
    answer_for_dead(process.pid, signal, reason);
    signal = next;
  }
}

void end_process(Process& process) {
  fetch_signals(process);
  HJ_DCHECK(process.is_exiting, "a process ends that has no reason to");
  Term reason = process.exit_reason;
  close_registered_name(process);
  remove_process(process);
  notify_relations(process, reason);
  refuse_requests(process);
  answer_late_signals(process, reason);
  leave_group(process, reason);
  release_contents(process);
  account_memory(MemoryKind::Processes, -static_cast<int64_t>(sizeof(Process)));
  // Release: pairs with whoever holds or inspects the process (hold.h).
  process.state.store(static_cast<uint32_t>(ProcessState::Dead), std::memory_order_release);
  free_after_progress(&process, delete_process);
}

void discard_process(Process& process) {
  close_registered_name(process);
  Signal* signal = process.outbox.close();
  while (signal != nullptr) {
    Signal* next = signal->next;
    free_signal(signal);
    signal = next;
  }
  remove_process(process);
  remove_all_aliases(process);
  delete process.relations;
  process.relations = nullptr;
  release_contents(process);
  account_memory(MemoryKind::Processes, -static_cast<int64_t>(sizeof(Process)));
  delete_process(&process);
}

}  // namespace hj::rt
