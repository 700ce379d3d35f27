// What the code tables need from machine-dependent stubs and from the schedulers, as a struct of functions.
//
// Why injected: the tables are tested alone, with threads of the test's own standing for schedulers; the runtime's start sets
// the real ones. The defaults suit a program without generated code: thunks are distinct addresses nobody may jump to, and
// thread progress is always there.
//
// Threads: set before anything else of runtime/code is used; constant afterwards.
#pragma once
#include <cstdint>

#include "runtime/abi/context.h"

namespace hj::rt {

struct Export;

struct CodeHooks {
  // Entries (with CodePrefix) that enter the error handler for the cell's MFA, or call a native.
  Code (*make_undefined_thunk)(Export* cell);
  Code (*make_native_thunk)(const NativeEntry* native, Export* cell);
  // What FunEntry::code is while there is no code.
  Code purged_fun_stub;
  // A point every scheduler has passed once wait returns: taken after a change, waited for before what was replaced goes.
  uint64_t (*thread_progress_target)();
  void (*wait_thread_progress)(uint64_t target);
};

void set_code_hooks(const CodeHooks& hooks);
const CodeHooks& code_hooks();

}  // namespace hj::rt
