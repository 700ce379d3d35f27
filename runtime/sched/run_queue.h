// The processes that wait for a scheduler: one queue per scheduler, and one (the injector) that any of them takes from.
//
//   push     any thread
//   pop      its scheduler (the injector's: any)
//   steal    other schedulers: up to half of what is there
//
// Lists through Process::queue_next under a lock of a few instructions. Why not a lock-free deque: strict first-in first-out per
// priority without a size limit is what makes scheduling fair, and a deque of fixed size would spill into a global queue just
// when there are many processes. The lock is uncontended but for thieves, who try it only when they have nothing to do.
//
// Invariants:
//   RQ1  A process is in at most one queue, and then its state is Runnable (kHeld may be set).
//   RQ2  length() is exact under the lock, and a hint without.
//   RQ3  Max before High before the rest; of the rest, Low gets every 8th turn while both wait.
//
// Threads: as said.
#pragma once
#include <atomic>
#include <cstdint>

#include "runtime/process/process.h"
#include "runtime/sched/spin_lock.h"

namespace hj::rt {

class RunQueue {
 public:
  // The length afterwards.
  uint32_t push(Process* process) {
    SpinGuard guard(lock_);
    lists_[static_cast<int>(process->priority)].append(process);
    return add_length(1);
  }

  Process* pop() {
    // Relaxed: a hint; who must not miss a process looks again after announcing that it sleeps (scheduler.h, S2).
    if (length_.load(std::memory_order_relaxed) == 0) return nullptr;
    SpinGuard guard(lock_);
    return take();
  }

  // One to run; up to half of the others goes to `mine`.
  Process* steal_into(RunQueue& mine) {
    if (!lock_.try_lock()) return nullptr;
    uint32_t surplus = length_.load(std::memory_order_relaxed) / 2;
    Process* first = take();
    Process* taken[kMaxStolen];
    uint32_t count = 0;
    while (count + 1 < surplus && count < kMaxStolen) taken[count++] = take();
    lock_.unlock();
    for (uint32_t i = 0; i < count; i++) mine.push(taken[i]);
    return first;
  }

  uint32_t length() const { return length_.load(std::memory_order_relaxed); }

 private:
  static constexpr uint32_t kMaxStolen = 64;
  static constexpr int kPriorities = 4;
  static constexpr uint32_t kLowTurn = 8;

  struct List {
    Process* first = nullptr;
    Process* last = nullptr;

    void append(Process* process) {
      process->queue_next = nullptr;
      (last == nullptr ? first : last->queue_next) = process;
      last = process;
    }
    Process* take() {
      Process* process = first;
      first = process->queue_next;
      if (first == nullptr) last = nullptr;
      return process;
    }
  };

  uint32_t add_length(int32_t change) {
    uint32_t now = length_.load(std::memory_order_relaxed) + static_cast<uint32_t>(change);
    length_.store(now, std::memory_order_relaxed);
    return now;
  }

  Process* take() {
    List* from = nullptr;
    for (int level = 0; level < 2 && from == nullptr; level++) {
      if (lists_[level].first != nullptr) from = &lists_[level];
    }
    if (from == nullptr) {
      List& normal = lists_[static_cast<int>(Priority::Normal)];
      List& low = lists_[static_cast<int>(Priority::Low)];
      bool low_turn = low.first != nullptr && (normal.first == nullptr || ++turn_ % kLowTurn == 0);
      from = low_turn ? &low : &normal;
    }
    if (from->first == nullptr) return nullptr;
    add_length(-1);
    return from->take();
  }

  SpinLock lock_;
  std::atomic<uint32_t> length_{0};
  uint32_t turn_ = 0;
  List lists_[kPriorities];
};

}  // namespace hj::rt
