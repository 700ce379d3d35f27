// How much memory the runtime holds, by kind: what erlang:memory/0,1 answers with.
//
// Threads: any thread, lock-free.
#pragma once
#include <cstdint>

namespace hj::rt {

enum class MemoryKind : uint8_t {
  Processes,   // blocks, old generations, fragments and process structures
  Binary,      // off-heap binaries
  Code,        // pages of the code space handed out: code, cells, literals
  Ets,
  System,      // tables of the runtime itself
};
inline constexpr int kMemoryKinds = 5;

void account_memory(MemoryKind kind, int64_t bytes);
// Never negative.
uint64_t accounted_memory(MemoryKind kind);

}  // namespace hj::rt
