// Chaos build only: external calls have the module they call loaded again now and then, under all its callers.
//
// The reload is semantically invisible: the same code, with the same number, at another address and with other literals
// (module_table.h, "twins"). What it shakes out are addresses and literals that somebody keeps without being seen by a purge or
// by the literal collector.
//
// In this build an external call of generated code is a transfer, hj_call_external, which counts and asks the code loader. The
// loader reloads on a thread of its own (jit/chaos_reload.h); the call goes on at once, to what the cell leads to by then.
//
// HOTJIT_CHAOS_SEED: a number; another one makes other calls ask. 0: none does.
//
// Threads: the transfer: the scheduler that runs the process.
#pragma once
#include <cstdint>

namespace hj::rt {

// Of the environment; kDefaultChaosSeed when it says nothing.
inline constexpr uint64_t kDefaultChaosSeed = 1;
uint64_t chaos_seed();

}  // namespace hj::rt
