// Timer wheels: one per scheduler, driven by it between two processes.
//
// Time is cut into ticks of a millisecond. Level 0 has a slot for each of the next 64 ticks, level 1 for each of the next 64
// groups of 64, and so on; when a group begins, its timers move one level down. Starting and stopping cost a few pointers
// whatever the number of timers, which is what receive ... after in every call of a server needs. Bitmaps of the occupied slots
// tell when the next one is due, so that a scheduler can sleep exactly that long.
//
// Why a wheel each and not one for all: no shared lock on the path of a receive with a timeout. A process that has migrated
// stops its timer in the wheel it was started in; the lock is there for that.
//
// Invariants:
//   TW1  A timer fires at or after its deadline, never before; timers of one wheel with the same deadline tick fire in the
//        order they were started.
//   TW2  A timer is in exactly one slot while Armed; state changes under its wheel's lock only.
//   TW3  fire is called under the lock: it must be short and start or stop no timer. After stop() has returned it neither runs
//        nor will run.
//
// Threads: start and stop any thread; advance its scheduler.
#pragma once
#include <atomic>
#include <cstdint>

#include "runtime/sched/spin_lock.h"

namespace hj::rt {

struct Timer {
  enum class State : uint8_t { Idle, Armed, Fired };

  Timer* next = nullptr;
  Timer** link = nullptr;   // what points to this timer in its slot
  uint64_t deadline = 0;    // tick
  uint64_t sequence = 0;
  std::atomic<State> state{State::Idle};
  uint8_t level = 0;
  uint8_t slot = 0;
  uint16_t wheel = 0;
  void (*fire)(Timer&) = nullptr;
};

// Nanoseconds of a clock that never goes back; 0 is some time before the runtime's start.
int64_t monotonic_ns();

class TimerWheel {
 public:
  static constexpr int64_t kTickNs = 1'000'000;

  explicit TimerWheel(uint16_t index);
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  // Arms the timer to fire once monotonic_ns() has reached deadline_ns. True when it is now the first one due.
  bool start(Timer& timer, int64_t deadline_ns);
  // True when it was armed and will not fire.
  bool stop(Timer& timer);
  // Fires what is due.
  void advance(int64_t now_ns);
  // When advance has something to do next; INT64_MAX: never.
  int64_t next_due_ns() const;
  bool is_empty() const { return count_.load(std::memory_order_relaxed) == 0; }

 private:
  static constexpr int kLevels = 7;
  static constexpr int kSlotBits = 6;
  static constexpr uint64_t kSlots = 1 << kSlotBits;

  void insert(Timer& timer);
  void unlink(Timer& timer);
  uint64_t next_tick() const;
  void cascade(int level);
  void fire_slot();

  mutable SpinLock lock_;
  const uint16_t index_;
  std::atomic<uint64_t> count_{0};
  uint64_t now_ = 0;   // all ticks up to this one have been dealt with
  uint64_t sequence_ = 0;
  uint64_t occupied_[kLevels] = {};
  Timer* slots_[kLevels][kSlots] = {};
  Timer** ends_[kLevels][kSlots];
};

}  // namespace hj::rt
