#include "runtime/heap/memory.h"

#include <atomic>

#include "runtime/heap/sharded_counters.h"

namespace hj::rt {

namespace {

ShardedCounters<kMemoryKinds> counters;
std::atomic<unsigned> next_shard{0};

}  // namespace

unsigned counter_shard() {
  thread_local const unsigned mine = next_shard.fetch_add(1, std::memory_order_relaxed) % kCounterShards;
  return mine;
}

void account_memory(MemoryKind kind, int64_t bytes) { counters.add(static_cast<int>(kind), bytes); }

uint64_t accounted_memory(MemoryKind kind) { return counters.sum(static_cast<int>(kind)); }

}  // namespace hj::rt
