// Process groups: an entry process and all its descendants, counted, so that `hotjit run` knows when the program has ended.
//
// Invariants:
//   PG1  alive counts the processes whose group it is; a process joins before its creator can end, so alive never touches 0
//        while a descendant is yet to come.
//
// Threads: join by the creator, leave by the end of the process, wait by any thread that may block.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>

#include "runtime/process/process.h"

namespace hj::rt {

// How the entry process ended.
enum class EntryOutcome : uint8_t { Running, Normal, Crashed };

struct ProcessGroup {
  std::atomic<uint64_t> alive{0};
  // -- under lock
  std::mutex lock;
  std::condition_variable changed;
  Term entry_pid;
  EntryOutcome outcome = EntryOutcome::Running;
  // The entry's exit reason as ~p shows it; empty when normal.
  std::string entry_reason;
  bool is_empty = false;
  // The whole runtime is to stop: nobody needs to wait any longer.
  bool is_halted = false;
};

void join_group(Process& process, ProcessGroup* group);
void leave_group(Process& process, Term reason);

}  // namespace hj::rt
