#include "runtime/code/code_hooks.h"

#include "runtime/code/export_table.h"

namespace hj::rt {

namespace {

struct alignas(16) Placeholder {
  char bytes[16];
};

Placeholder purged_fun_placeholder;

// The cell's own address is distinct and 16-aligned, which is all a program without generated code asks of a thunk.
Code default_undefined_thunk(Export* cell) { return cell; }
Code default_native_thunk(const NativeEntry*, Export* cell) { return reinterpret_cast<const char*>(cell) + 16; }
uint64_t default_progress_target() { return 0; }
void default_wait_progress(uint64_t) {}

CodeHooks hooks = {default_undefined_thunk, default_native_thunk, &purged_fun_placeholder, default_progress_target,
                   default_wait_progress};

}  // namespace

void set_code_hooks(const CodeHooks& new_hooks) { hooks = new_hooks; }
const CodeHooks& code_hooks() { return hooks; }

}  // namespace hj::rt
