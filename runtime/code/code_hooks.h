// What the code tables need from the machine-dependent stubs, as a struct of functions.
//
// Why injected: the tables are tested alone; the runtime's start sets the real ones. The defaults suit a program without
// generated code: thunks are distinct addresses nobody may jump to.
//
// Threads: set before anything else of runtime/code is used; constant afterwards.
#pragma once
#include "runtime/abi/context.h"

namespace hj::rt {

struct Export;

struct CodeHooks {
  // Entries (with CodePrefix) that enter the error handler for the cell's MFA, or call a native.
  Code (*make_undefined_thunk)(Export* cell);
  Code (*make_native_thunk)(const NativeEntry* native, Export* cell);
  // What FunEntry::code is while there is no code.
  Code purged_fun_stub;
};

void set_code_hooks(const CodeHooks& hooks);
const CodeHooks& code_hooks();

}  // namespace hj::rt
