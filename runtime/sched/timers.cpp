#include "runtime/sched/timers.h"

#include <time.h>

#include <algorithm>
#include <bit>
#include <mutex>
#include <vector>

#include "base/check.h"

namespace hj::rt {

int64_t monotonic_ns() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

TimerWheel::TimerWheel(uint16_t index) : index_(index), now_(static_cast<uint64_t>(monotonic_ns() / kTickNs)) {
  for (int level = 0; level < kLevels; level++) {
    for (uint64_t slot = 0; slot < kSlots; slot++) ends_[level][slot] = &slots_[level][slot];
  }
}

// The level is that of the highest digit (base 64) in which the deadline differs from now: the timer moves down when that
// digit of now reaches the deadline's.
void TimerWheel::insert(Timer& timer) {
  uint64_t differing = (timer.deadline ^ now_) | 1;
  int level = std::min((63 - std::countl_zero(differing)) / kSlotBits, kLevels - 1);
  uint64_t slot = timer.deadline >> (level * kSlotBits) & (kSlots - 1);
  timer.level = static_cast<uint8_t>(level);
  timer.slot = static_cast<uint8_t>(slot);
  timer.next = nullptr;
  timer.link = ends_[level][slot];
  *timer.link = &timer;
  ends_[level][slot] = &timer.next;
  occupied_[level] |= uint64_t{1} << slot;
}

void TimerWheel::unlink(Timer& timer) {
  *timer.link = timer.next;
  if (timer.next != nullptr) {
    timer.next->link = timer.link;
  } else {
    ends_[timer.level][timer.slot] = timer.link;
  }
  if (slots_[timer.level][timer.slot] == nullptr) occupied_[timer.level] &= ~(uint64_t{1} << timer.slot);
}

bool TimerWheel::start(Timer& timer, int64_t deadline_ns) {
  SpinGuard guard(lock_);
  HJ_DCHECK(timer.state.load(std::memory_order_relaxed) != Timer::State::Armed, "TW2: timer started twice");
  uint64_t tick = static_cast<uint64_t>((deadline_ns + kTickNs - 1) / kTickNs);
  // A wheel without timers does not advance: its present is now.
  if (count_.load(std::memory_order_relaxed) == 0) {
    now_ = std::max(now_, static_cast<uint64_t>(monotonic_ns() / kTickNs));
  }
  // The tick now_ has been dealt with: what is due already is due at the next.
  timer.deadline = std::max(tick, now_ + 1);
  timer.sequence = sequence_++;
  timer.wheel = index_;
  timer.state.store(Timer::State::Armed, std::memory_order_relaxed);
  bool is_first = count_.load(std::memory_order_relaxed) == 0 || timer.deadline < next_tick();
  insert(timer);
  count_.fetch_add(1, std::memory_order_relaxed);
  return is_first;
}

bool TimerWheel::stop(Timer& timer) {
  SpinGuard guard(lock_);
  if (timer.state.load(std::memory_order_relaxed) != Timer::State::Armed) return false;
  unlink(timer);
  count_.fetch_sub(1, std::memory_order_relaxed);
  timer.state.store(Timer::State::Idle, std::memory_order_relaxed);
  return true;
}

// The next tick at which a slot has to be fired or moved down.
uint64_t TimerWheel::next_tick() const {
  for (int level = 0; level < kLevels; level++) {
    uint64_t digit = now_ >> (level * kSlotBits) & (kSlots - 1);
    // Slots at or before the digit of now belong to the next turn of a higher level: there are none (insert).
    uint64_t ahead = digit == kSlots - 1 ? 0 : occupied_[level] >> (digit + 1) << (digit + 1);
    if (level == kLevels - 1 && ahead == 0) ahead = occupied_[level];
    if (ahead == 0) continue;
    auto slot = static_cast<uint64_t>(std::countr_zero(ahead));
    uint64_t base = now_ >> ((level + 1) * kSlotBits) << ((level + 1) * kSlotBits);
    uint64_t tick = base | slot << (level * kSlotBits);
    return tick > now_ ? tick : tick + (uint64_t{1} << ((level + 1) * kSlotBits));
  }
  return UINT64_MAX;
}

// Moves the timers of the slot whose time begins at now_ one or more levels down.
void TimerWheel::cascade(int level) {
  uint64_t slot = now_ >> (level * kSlotBits) & (kSlots - 1);
  Timer* timer = slots_[level][slot];
  if (timer == nullptr) return;
  slots_[level][slot] = nullptr;
  ends_[level][slot] = &slots_[level][slot];
  occupied_[level] &= ~(uint64_t{1} << slot);
  while (timer != nullptr) {
    Timer* next = timer->next;
    insert(*timer);
    timer = next;
  }
}

void TimerWheel::fire_slot() {
  uint64_t slot = now_ & (kSlots - 1);
  std::vector<Timer*> due;
  for (Timer* timer = slots_[0][slot]; timer != nullptr; timer = timer->next) due.push_back(timer);
  if (due.empty()) return;
  slots_[0][slot] = nullptr;
  ends_[0][slot] = &slots_[0][slot];
  occupied_[0] &= ~(uint64_t{1} << slot);
  // TW1: timers that came down from a higher level stand behind younger ones.
  std::sort(due.begin(), due.end(), [](Timer* a, Timer* b) { return a->sequence < b->sequence; });
  count_.fetch_sub(due.size(), std::memory_order_relaxed);
  for (Timer* timer : due) {
    // Release: pairs with the acquire of whoever looks at the state without the lock (the process that waits).
    timer->state.store(Timer::State::Fired, std::memory_order_release);
    timer->fire(*timer);
  }
}

void TimerWheel::advance(int64_t now_ns) {
  if (is_empty()) return;
  uint64_t target = static_cast<uint64_t>(now_ns / kTickNs);
  SpinGuard guard(lock_);
  while (count_.load(std::memory_order_relaxed) != 0) {
    uint64_t tick = next_tick();
    if (tick > target) break;
    now_ = tick;
    for (int level = kLevels - 1; level > 0; level--) {
      bool group_begins = (now_ & ((uint64_t{1} << (level * kSlotBits)) - 1)) == 0;
      if (group_begins) cascade(level);
    }
    fire_slot();
  }
  // A tick between occupied slots may be skipped to: nothing has to move down on the way.
  now_ = std::max(now_, target);
}

int64_t TimerWheel::next_due_ns() const {
  if (is_empty()) return INT64_MAX;
  SpinGuard guard(lock_);
  if (count_.load(std::memory_order_relaxed) == 0) return INT64_MAX;
  return static_cast<int64_t>(next_tick()) * kTickNs;
}

}  // namespace hj::rt
