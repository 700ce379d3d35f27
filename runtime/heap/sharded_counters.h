// Counters that many threads add to and few read: spread over cache lines by thread.
//
// A collection adds to several of them; two schedulers collecting at once must not share a line for it. A reader sums the lines,
// so a sum may be late, never torn.
//
// Threads: any thread, lock-free.
#pragma once
#include <atomic>
#include <cstdint>

namespace hj::rt {

inline constexpr unsigned kCounterShards = 16;

// This thread's shard.
unsigned counter_shard();

template <int kCount>
class ShardedCounters {
 public:
  void add(int counter, int64_t amount) {
    // Relaxed, as the load in sum: a statistic; nobody derives the state of any memory from it.
    shards_[counter_shard()].value[counter].fetch_add(amount, std::memory_order_relaxed);
  }
  // Never negative.
  uint64_t sum(int counter) const {
    int64_t sum = 0;
    for (const Shard& shard : shards_) sum += shard.value[counter].load(std::memory_order_relaxed);
    return sum < 0 ? 0 : static_cast<uint64_t>(sum);
  }

 private:
  struct alignas(64) Shard {
    std::atomic<int64_t> value[kCount];
  };
  Shard shards_[kCounterShards];
};

}  // namespace hj::rt
