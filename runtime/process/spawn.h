// Making processes.
//
// A new process stands at the thunk of erlang:apply/2 or apply/3 with its fun or M, F, Args: the code it runs is looked up when
// it first runs, as OTP does.
//
// Threads: any thread; a parent is the process the caller runs.
#pragma once
#include <optional>

#include "runtime/process/process.h"
#include "runtime/process/relations.h"

namespace hj::rt {

struct SpawnOptions {
  Priority priority = Priority::Normal;
  size_t min_heap_words = kInitialBlockWords;
  uint64_t max_heap_words = 0;
  uint32_t fullsweep_after = 65535;
  bool link = false;
  bool monitor = false;
  Term monitor_tag{};   // or a non-value
  std::optional<AliasMode> monitor_alias{};
};

struct Spawned {
  Term pid;         // a non-value: the process table is full (system_limit)
  Term reference;   // with monitor
};

// spawn(M, F, Args): module and function atoms, args a proper list.
Spawned spawn_mfa(Process& parent, Term module, Term function, Term args, const SpawnOptions& options);
// spawn(Fun): of arity 0.
Spawned spawn_fun(Process& parent, Term fun, const SpawnOptions& options);

// A process without a parent: the runtime's first ones, from any thread. args: a proper list.
Term spawn_first(Term module, Term function, Term args, ProcessGroup* group);

}  // namespace hj::rt
