#include "runtime/native/native.h"

#include "base/check.h"
#include "runtime/code/export_table.h"
#include "runtime/native/thunks.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

void register_natives(std::span<const NativeEntry> entries) {
  for (const NativeEntry& entry : entries) {
    Export* cell = intern_export(intern_atom(entry.module), intern_atom(entry.name), entry.arity);
    HJ_CHECK(cell->native == nullptr, "native {}:{}/{} registered twice", entry.module, entry.name, entry.arity);
    HJ_CHECK(entry.kind != NativeKind::Leaf || entry.arity <= kArgRegisters, "leaf native {}:{}/{} has too many arguments",
             entry.module, entry.name, entry.arity);
    cell->native = &entry;
    Code thunk = make_native_thunk(&entry, cell);
    // E1 for all slots at once: no code is loaded yet, so nobody reads them.
    for (auto& address : cell->address) address.store(thunk, std::memory_order_relaxed);
  }
}

const NativeEntry* find_native(Term module, Term function, uint32_t arity) {
  const Export* cell = find_export(module, function, arity);
  return cell == nullptr ? nullptr : cell->native;
}

}  // namespace hj::rt
