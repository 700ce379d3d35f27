#include "runtime/runtime.h"

#include <malloc.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"
#include "runtime/arch/entry.h"
#include "runtime/code/code_loader.h"
#include "runtime/code/code_space.h"
#include "runtime/heap/literal_collection.h"
#include "runtime/native/apply.h"
#include "runtime/process/exit.h"
#include "runtime/process/group.h"
#include "runtime/process/message_timers.h"
#include "runtime/process/spawn.h"
#include "runtime/process/table.h"
#include "runtime/sched/blocking_pool.h"
#include "runtime/sched/progress.h"
#include "runtime/sched/scheduler.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

namespace {

struct HaltRequest {
  std::mutex lock;
  std::condition_variable changed;
  bool is_requested = false;
  int status = 0;
  // The group somebody waits for, woken too.
  ProcessGroup* waited_for = nullptr;
};

HaltRequest halt;

}  // namespace

uint32_t core_count() { return std::max(1u, std::thread::hardware_concurrency()); }

// Collections give blocks back and ask for others of their size soon after. Left alone, malloc hands each to the kernel, and its
// pages are cleared again: lists:reverse/1 of a thousand elements by ++ took four times as long.
static void keep_freed_memory() {
  constexpr int kKeptBytes = 16 * 1024 * 1024;
  constexpr int kMappedBytes = 4 * 1024 * 1024;
  constexpr int kTopBytes = 1024 * 1024;
  mallopt(M_TRIM_THRESHOLD, kKeptBytes);
  mallopt(M_MMAP_THRESHOLD, kMappedBytes);
  mallopt(M_TOP_PAD, kTopBytes);
}

Result<void> prepare_runtime() {
  keep_freed_memory();
  if (Result<void> reserved = reserve_code_space(); !reserved.ok()) return reserved;
  init_runtime_version();
  if (find_native(am::erlang, am::apply, 2) == nullptr) register_natives(apply_natives());
  return {};
}

void start_runtime(const RuntimeOptions& options) {
  init_process_table(options.process_limit);
  {
    std::lock_guard guard(halt.lock);
    halt.is_requested = false;
  }
  start_blocking_pool();
  start_schedulers(options.schedulers == 0 ? core_count() : options.schedulers);
#if defined(HJ_CHAOS)
  if (code_loader() != nullptr) code_loader()->begin_reloads();
#endif
}

void stop_runtime() {
#if defined(HJ_CHAOS)
  if (code_loader() != nullptr) code_loader()->end_reloads();
#endif
  // It holds processes, which needs schedulers.
  stop_literal_collector();
  // The pool first: its threads put processes back into the schedulers' hands.
  stop_blocking_pool();
  stop_schedulers();
  // Beyond this point no other thread touches a process.
  std::vector<Process*> left;
  for_each_process([&](Process& process) { left.push_back(&process); });
  for (Process* process : left) discard_process(*process);
  discard_message_timers();
  free_schedulers();
  progress_drain();
}

Program start_program(Term module, Term function, Term args) {
  Program program{std::make_shared<ProcessGroup>(), Term::non_value()};
  program.entry = spawn_first(module, function, args, program.group.get());
  return program;
}

ProgramEnd wait_for_program(Program& program) {
  ProcessGroup& group = *program.group;
  {
    std::lock_guard guard(halt.lock);
    halt.waited_for = &group;
    // Asked for before anybody waited.
    if (halt.is_requested) {
      std::lock_guard group_guard(group.lock);
      group.is_halted = true;
    }
  }
  ProgramEnd end;
  {
    std::unique_lock lock(group.lock);
    group.changed.wait(lock, [&] { return group.is_empty || group.is_halted; });
    if (!group.is_halted) {
      end.outcome = group.outcome == EntryOutcome::Crashed ? ProgramOutcome::EntryCrashed : ProgramOutcome::Finished;
      end.entry_reason = group.entry_reason;
    }
  }
  std::lock_guard guard(halt.lock);
  halt.waited_for = nullptr;
  if (halt.is_requested) end = {.outcome = ProgramOutcome::Halted, .halt_status = halt.status, .entry_reason = {}};
  return end;
}

void request_halt(int status) {
  std::lock_guard guard(halt.lock);
  if (halt.is_requested) return;
  halt.is_requested = true;
  halt.status = status;
  if (halt.waited_for == nullptr) return;
  std::lock_guard group_guard(halt.waited_for->lock);
  halt.waited_for->is_halted = true;
  halt.waited_for->changed.notify_all();
}

}  // namespace hj::rt
