// The optimizing tier in the background: hot versions are compiled again with all of LLVM's effort while they run.
//
// One thread at low priority takes one version after another. It compiles without any lock, then asks the code server to install
// the result, which it does only if the version is still alive.
//
// Why a whole module and not single functions: a version's tier-2 code is one block (local calls are direct), and modules are
// small. How hot is hot: an optimizing compile of n entries costs about 2n ms; it is started when about half of that has been
// spent in the first body, so that it can never cost much more than it may save.
//
// Threads: request() any thread, never blocks for long; stop() once, by the owner.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace hj::jit {

class TierUp {
 public:
  // optimize(version id) runs on the thread made here.
  explicit TierUp(std::function<void(uint64_t)> optimize) : optimize_(std::move(optimize)) {}
  ~TierUp() { stop(); }
  void request(uint64_t version_id);
  // Waits for the version being compiled; the rest is dropped.
  void stop();
  bool is_busy() {
    std::lock_guard lock(mutex_);
    return is_busy_;
  }
  // Waits until nothing is left to do. For tests and benchmarks.
  void await_idle();

  // Ends of slices in the first body after which a version of so many entries is hot. A slice is some 15 µs of slow code.
  static uint32_t hot_yields(size_t entry_count) { return static_cast<uint32_t>(64 * (entry_count + 1)); }

 private:
  void run();

  std::function<void(uint64_t)> optimize_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<uint64_t> queue_;
  // Everything ever asked for: a version is optimized once.
  std::unordered_set<uint64_t> seen_;
  bool is_busy_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace hj::jit
