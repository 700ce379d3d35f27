// The helpers of `receive` (runtime_calls.def): scanning the mailbox, the receive timer, waiting.
#include "runtime/process/receive.h"

#include "runtime/abi/runtime_calls.h"
#include "runtime/code/tier_up.h"
#include "runtime/heap/build.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/requests.h"
#include "runtime/sched/scheduler.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

namespace {

struct ReceiveTimer : Timer {
  Process* process = nullptr;
};

// Under the wheel's lock; the process is alive: its end stops its timer first.
void time_is_up(Timer& timer) { interrupt(*static_cast<ReceiveTimer&>(timer).process); }

constexpr int64_t kMaxTimeoutMs = 4294967295;

}  // namespace

static void end_scan(Process& process) { process.inbox.scan = &process.inbox.first; }

void stop_receive_timer(Process& process) {
  if (process.receive_timer == nullptr) return;
  auto* timer = static_cast<ReceiveTimer*>(process.receive_timer);
  scheduler(timer->wheel).wheel().stop(*timer);
  delete timer;
  process.receive_timer = nullptr;
}

void start_receive_timer(Process& process, int64_t timeout_ms) {
  auto* timer = new ReceiveTimer;
  timer->fire = time_is_up;
  timer->process = &process;
  process.receive_timer = timer;
  start_timer(*timer, process.home, monotonic_ns() + timeout_ms * 1'000'000);
}

bool receive_timer_fired(const Process& process) {
  // Acquire: pairs with the release in TimerWheel::fire_slot.
  return process.receive_timer != nullptr &&
         process.receive_timer->state.load(std::memory_order_acquire) == Timer::State::Fired;
}

Signal* take_message(Process& process) {
  Signal* message = process.inbox.unlink(process.inbox.scan);
  end_scan(process);
  return message;
}

void own_message(Process& process, Signal* message) {
  if (message->fragment != nullptr) {
    attach_fragment(process, message->fragment);
  } else {
    free_signal(message);
  }
}

extern "C" {

Term hj_rt_recv_peek(Process* p) {
  if (*p->inbox.scan == nullptr) {
    fetch_signals(*p);
    // What set is_exiting has set poll: the next entry ends the process. Until then nothing more is received.
    if (p->is_exiting || *p->inbox.scan == nullptr) return Term::non_value();
  }
  p->inbox.is_looked_at = true;
  return (*p->inbox.scan)->term;
}

void hj_rt_recv_accept(Process* p) {
  p->inbox.is_looked_at = false;
  own_message(*p, take_message(*p));
  if (p->receive_timer != nullptr) stop_receive_timer(*p);
}

void hj_rt_recv_reject(Process* p) {
  p->inbox.is_looked_at = false;
  p->inbox.scan = &(*p->inbox.scan)->next;
}

uint64_t hj_rt_recv_timeout(Process* p, Term timeout) {
  if (p->receive_timer != nullptr) {
    if (!receive_timer_fired(*p)) return 0;
    stop_receive_timer(*p);
    end_scan(*p);
    return 1;
  }
  if (timeout == am::infinity) return 0;
  if (!timeout.is_small() || timeout.small() < 0 || timeout.small() > kMaxTimeoutMs) {
    raise_error(*p, am::timeout_value);
    return 2;
  }
  if (timeout.small() == 0) {
    end_scan(*p);
    return 1;
  }
  start_receive_timer(*p, timeout.small());
  return 0;
}

Transfer hj_rt_wait(Process* p) {
  open_heap(*p);
  fetch_signals(*p);
  if (p->is_exiting) {
    p->leave_reason = LeaveReason::Exit;
    return Transfer::Leave;
  }
  if (p->open_requests != nullptr) answer_requests(*p);
  if (*p->inbox.scan != nullptr || receive_timer_fired(*p)) return Transfer::Continue;
  p->resume = entry_after_slice(p->resume);
  p->leave_reason = LeaveReason::Wait;
  return Transfer::Leave;
}

}  // extern "C"

}  // namespace hj::rt
