// Start and stop of the runtime, and what a host program (the CLI, tests) does with it.
//
//     start_runtime({.schedulers = 2});          once the code space is reserved, natives registered
//     Program program = start_program(module, function, args);
//     ProgramEnd end = wait_for_program(program);
//     stop_runtime();
//
// One runtime a program: atoms, cells and code live as long as the process; schedulers, processes and timers are started and
// stopped.
//
// Threads: start and stop by the main thread; request_halt by any.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "runtime/abi/term.h"

namespace hj::rt {

struct ProcessGroup;

struct RuntimeOptions {
  uint32_t schedulers = 0;                 // 0: one a core
  uint32_t process_limit = 262144;
};

// What does not start threads: code space, hooks, the runtime's own entries. Before natives are registered and code is loaded.
Result<void> prepare_runtime();
void start_runtime(const RuntimeOptions& options);
// Ends all threads. What processes are left is thrown away.
void stop_runtime();

// A process that calls module:function(args...) and all its descendants.
struct Program {
  std::shared_ptr<ProcessGroup> group;
  Term entry;
};
// The terms of args must live until this returns: they are copied.
Program start_program(Term module, Term function, Term args);

enum class ProgramOutcome : uint8_t {
  Finished,      // the entry has returned (or ended in order), and no descendant is alive
  EntryCrashed,  // as Finished, but the entry ended by an error or an exit
  Halted,        // erlang:halt, or request_halt
};
struct ProgramEnd {
  ProgramOutcome outcome = ProgramOutcome::Finished;
  int halt_status = 0;
  std::string entry_reason;   // EntryCrashed: as ~p shows it
};
ProgramEnd wait_for_program(Program& program);

// erlang:halt/1, ^C: whoever waits for a program gets Halted. Async-signal-safe it is not.
void request_halt(int status);

// Outstanding statistics: cores the machine has.
uint32_t core_count();

}  // namespace hj::rt
