// Natives: Erlang functions written in C++. All of them are noexcept, and none collects.
//
//   Leaf      Term f(Process&, Term a0, ...), at most 6 arguments. Called directly in the middle of a segment when the call is
//             to a constant m:f/N. Returns a value, or raise(...) which is kNonValue with the exception in the process. Must be
//             quick (bounded, or linear in something the caller built).
//   Full      NativeResult f(Process&, Term* args). Called like an Erlang function (through its cell, cutting the segment).
//             args is process.x; it ends in one of NativeResult's ways. Long work yields: it keeps its state in args.
//   Blocking  Like Full, but runs on a thread of the blocking pool while the process waits: for whatever reads files,
//             compiles, loads, purges. Must not touch other processes' state except through signals.
//
// Every native's cell leads to a thunk, so fun m:f/N, apply and spawn work on all of them (a Leaf is called by the thunk).
//
// Natives allocate with heap_alloc (process.h): room between hp and heap_limit, else a heap fragment.
//
// Registration: tables of NativeEntry, one per file under stdlib/natives, listed in stdlib/natives/all_natives.cpp; the
// runtime interns their cells before any code is loaded. Threads: tables are constant after start.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/abi/context.h"

namespace hj::rt {

enum class NativeKind : uint8_t { Leaf, Full, Blocking };

// Whether an exception it raises shows the native itself as the first line of the stack trace. Not so for erlang:error/1 and its
// like, which raise in their caller's name.
enum class NativeTrace : uint8_t { Shown, Hidden };

// How a Full or Blocking native ends.
enum class NativeResult : uint8_t {
  Return,   // value in args[0]: return_value(process, term)
  Raise,    // exception set: raise_...(process, ...)
  Trap,     // process.resume and args[] are set: goes on there as a tail call (trap_to...)
  Yield,    // runs again, from its beginning, with the args as it left them, when the process is scheduled again
  Wait,     // like Yield, but only when a message or signal arrives or its timer fires
};

using LeafFunction = void (*)();   // called through a cast to the type its arity gives
using FullFunction = NativeResult (*)(Process&, Term* args);

struct NativeEntry {
  const char* module;
  const char* name;
  uint8_t arity;
  NativeKind kind;
  bool may_allocate;    // Leaf: false lets generated code keep hp in its register
  void* function;
  // The C symbol by which generated code names it: "hj_native_lists_member_2".
  const char* symbol;
  NativeTrace trace = NativeTrace::Shown;
};

void register_natives(std::span<const NativeEntry> entries);
// Or null. Any thread.
const NativeEntry* find_native(Term module, Term function, uint32_t arity);

// For a table: HJ_LEAF(lists, member, 2, NoAlloc, lists_member) etc. Names that are no C identifiers use the _NAMED forms.
#define HJ_NATIVE_ROW(module, name, arity, kind, alloc, fn) \
  ::hj::rt::NativeEntry{module, name, arity, ::hj::rt::NativeKind::kind, alloc, reinterpret_cast<void*>(&fn), #fn}

}  // namespace hj::rt
