// Thunks: small entries in the code space that stand for what is no generated code: natives, undefined functions, closures
// whose code was purged.
//
// A cell of an export, or a fun entry, must hold the address of an entry (16-aligned, with a CodePrefix): yields save it,
// walks read it. So every such thing gets 32 bytes of code of its own; its prefix gives the number of live arguments and
// leads to its payload. Pages of thunks are copies of a template in the machine's assembly file (entry.h): nothing here
// knows instructions. All thunks of a page have one arity, so that a page is written once and never again.
//
// Invariants:
//   TH1  A thunk's address never changes and is never reused: it lives as long as the runtime.
//   TH2  A payload is complete before its thunk's address is returned, and constant afterwards.
//
// Threads: make_thunk any thread (one lock); payloads any thread, lock-free.
#pragma once
#include <cstdint>

#include "runtime/abi/context.h"

namespace hj::rt {

struct Export;

enum class ThunkKind : uint8_t { Undefined, Native, PurgedFun };

struct Thunk {
  ThunkKind kind = ThunkKind::Undefined;
  uint32_t arity = 0;                    // PurgedFun: of the fun; the closure stands behind the arguments
  Export* cell = nullptr;                // Undefined, Native
  const NativeEntry* native = nullptr;   // Native
};

Code make_thunk(const Thunk& thunk);
Code make_undefined_thunk(Export* cell);
Code make_native_thunk(const NativeEntry* native, Export* cell);
// One for each arity, made on first use.
Code purged_fun_thunk(uint32_t arity);

// What an entry stands for; null when it is no thunk.
const Thunk* thunk_of(Code entry);

}  // namespace hj::rt
