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

CodeHooks hooks = {default_undefined_thunk, default_native_thunk, &purged_fun_placeholder};

}  // namespace

void set_code_hooks(const CodeHooks& new_hooks) { hooks = new_hooks; }
const CodeHooks& code_hooks() { return hooks; }

}  // namespace hj::rt
