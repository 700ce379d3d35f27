#include "runtime/heap/memory.h"

#include <atomic>

namespace hj::rt {

namespace {

constexpr int kShards = 16;

struct alignas(64) Shard {
  std::atomic<int64_t> bytes[kMemoryKinds];
};

Shard shards[kShards];
std::atomic<unsigned> next_shard{0};
thread_local const unsigned my_shard = next_shard.fetch_add(1, std::memory_order_relaxed) % kShards;

}  // namespace

void account_memory(MemoryKind kind, int64_t bytes) {
  // Relaxed: a statistic; nobody derives the state of any memory from it.
  shards[my_shard].bytes[static_cast<int>(kind)].fetch_add(bytes, std::memory_order_relaxed);
}

uint64_t accounted_memory(MemoryKind kind) {
  int64_t sum = 0;
  for (const Shard& shard : shards) sum += shard.bytes[static_cast<int>(kind)].load(std::memory_order_relaxed);
  return sum < 0 ? 0 : static_cast<uint64_t>(sum);
}

}  // namespace hj::rt
