#include "runtime/process/hold.h"

#include <chrono>
#include <mutex>
#include <thread>

#include "base/check.h"
#include "runtime/sched/scheduler.h"

namespace hj::rt {

static std::mutex& holder_lock() {
  static std::mutex lock;
  return lock;
}

static ProcessState state_in(uint32_t word) { return static_cast<ProcessState>(word & kStateMask); }

// Held at once when it does not run.
static HeldAs hold_now_or_ask(Process& process, bool& is_held) {
  uint32_t seen = process.state.load(std::memory_order_acquire);
  for (;;) {
    is_held = true;
    if ((seen & kHeld) != 0) {
      // The end of its slice did as it was asked.
      return state_in(seen) == ProcessState::Blocked ? HeldAs::Blocked : HeldAs::Parked;
    }
    switch (state_in(seen)) {
      case ProcessState::Dead:
        return HeldAs::Gone;
      case ProcessState::Runnable:
      case ProcessState::Waiting:
      case ProcessState::Blocked: {
        // Acquire: pairs with the release of the last owner in change_state.
        if (!process.state.compare_exchange_weak(seen, seen | kHeld, std::memory_order_acq_rel)) continue;
        return state_in(seen) == ProcessState::Blocked ? HeldAs::Blocked : HeldAs::Parked;
      }
      case ProcessState::Running:
        is_held = false;
        if ((seen & kHoldRequested) == 0) {
          if (!process.state.compare_exchange_weak(seen, seen | kHoldRequested, std::memory_order_acq_rel)) continue;
        }
        // After the request: who clears poll looks at the request afterwards (handle_interrupt).
        process.poll.store(kInterrupted, std::memory_order_seq_cst);
        return HeldAs::Gone;
    }
  }
}

Hold::Hold(Process& process) : process_(process) {
  HJ_CHECK(current_scheduler() == nullptr, "HO1: a scheduler cannot hold a process");
  holder_lock().lock();
  auto pause = std::chrono::microseconds(2);
  for (;;) {
    bool is_held = false;
    as_ = hold_now_or_ask(process_, is_held);
    if (is_held) return;
    std::this_thread::sleep_for(pause);
    if (pause < std::chrono::microseconds(200)) pause *= 2;
  }
}

Hold::~Hold() {
  // Release: pairs with the acquire of the next owner.
  if (as_ != HeldAs::Gone) process_.state.fetch_and(~kHeld, std::memory_order_acq_rel);
  holder_lock().unlock();
}

}  // namespace hj::rt
