#include "runtime/sched/scheduler.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <climits>

#include "base/check.h"
#include "runtime/arch/entry.h"
#include "runtime/process/exit.h"
#include "runtime/process/interrupt.h"
#include "runtime/sched/blocking_pool.h"
#include "runtime/sched/park.h"
#include "runtime/sched/progress.h"

namespace hj::rt {

namespace {

// How often an idle scheduler looks around before it sleeps: about 10 µs.
constexpr int kIdleLooks = 50;

struct Schedulers {
  // -- constant between start and stop
  std::vector<std::unique_ptr<Scheduler>> all;
  std::vector<std::thread> threads;
  // -- any thread
  alignas(64) std::atomic<uint64_t> idle_mask{0};
  std::atomic<bool> stopping{false};
  alignas(64) RunQueue injector;
};

Schedulers set;
thread_local Scheduler* this_scheduler = nullptr;

void futex_wait(std::atomic<uint32_t>& word, uint32_t expected, int64_t timeout_ns) {
  timespec timeout{timeout_ns / 1'000'000'000, timeout_ns % 1'000'000'000};
  syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, timeout_ns == INT64_MAX ? nullptr : &timeout, nullptr, 0);
}

void futex_wake_one(std::atomic<uint32_t>& word) {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

// Wakes one sleeping scheduler, if there is one (S2: called after what it is to find has been queued).
void wake_sleeper() {
  // Pairs with the announcement in idle(): both sides write first and read the other's word afterwards.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  uint64_t mask = set.idle_mask.load(std::memory_order_seq_cst);
  while (mask != 0) {
    uint64_t bit = mask & (~mask + 1);
    // Whoever clears the bit does the waking, so that two wakers wake two sleepers.
    if (set.idle_mask.compare_exchange_weak(mask, mask & ~bit, std::memory_order_seq_cst)) {
      set.all[static_cast<size_t>(std::countr_zero(bit))]->wake();
      return;
    }
  }
}

// The owner's farewell: the state without a request to hold, held when there was one.
uint32_t state_after(uint32_t seen, ProcessState next) {
  return static_cast<uint32_t>(next) | ((seen & (kHoldRequested | kHeld)) != 0 ? kHeld : 0);
}

void change_state(Process& process, ProcessState next) {
  uint32_t seen = process.state.load(std::memory_order_relaxed);
  // Sequentially consistent: P4's publication; also releases the owner's fields to the next owner or holder.
  while (!process.state.compare_exchange_weak(seen, state_after(seen, next), std::memory_order_seq_cst)) {
  }
}

}  // namespace

// -- park.h

void save_args(Process& process) {
  std::span<Term> live = live_args(process);
  Term* to = process.saved_x;
  if (live.size() > kArgRegisters) to = process.more_x = new Term[live.size()];
  std::copy(live.begin(), live.end(), to);
  process.saved_count = static_cast<uint16_t>(live.size());
  process.x = nullptr;
}

void restore_args(Process& process, Term* x) {
  const Term* from = process.more_x != nullptr ? process.more_x : process.saved_x;
  std::copy(from, from + process.saved_count, x);
  process.x = x;
  delete[] process.more_x;
  process.more_x = nullptr;
}

void take_from_holders(Process& process) {
  uint32_t seen = static_cast<uint32_t>(ProcessState::Blocked);
  // Acquire: pairs with the release at the end of a hold.
  while (!process.state.compare_exchange_weak(seen, static_cast<uint32_t>(ProcessState::Running),
                                              std::memory_order_acq_rel)) {
    seen = static_cast<uint32_t>(ProcessState::Blocked);
    std::this_thread::yield();
  }
}

// -- states

Scheduler* current_scheduler() { return this_scheduler; }
uint32_t scheduler_count() { return static_cast<uint32_t>(set.all.size()); }
Scheduler& scheduler(uint32_t index) { return *set.all[index]; }

void schedule(Process& process) {
  if (this_scheduler != nullptr) {
    // S3: alone in the queue it is ours; with company a sleeper may have it.
    if (this_scheduler->queue().push(&process) >= 2) wake_sleeper();
    return;
  }
  set.injector.push(&process);
  wake_sleeper();
}

void wake(Process& process) {
  // Sequentially consistent: the second half of P4 for wakers.
  uint32_t seen = process.state.load(std::memory_order_seq_cst);
  while ((seen & kStateMask) == static_cast<uint32_t>(ProcessState::Waiting)) {
    uint32_t runnable = (seen & ~kStateMask) | static_cast<uint32_t>(ProcessState::Runnable);
    if (process.state.compare_exchange_weak(seen, runnable, std::memory_order_seq_cst)) {
      schedule(process);
      return;
    }
  }
}

void interrupt(Process& process) {
  // Sequentially consistent: pairs with the look at poll in become_waiting (P4).
  process.poll.store(kInterrupted, std::memory_order_seq_cst);
  wake(process);
}

void start_timer(Timer& timer, uint16_t home, int64_t deadline_ns) {
  Scheduler& owner = this_scheduler != nullptr ? *this_scheduler : *set.all[home];
  if (!owner.wheel().start(timer, deadline_ns) || this_scheduler == &owner) return;
  // S6: the timer first, the announcement second; idle() the other way round.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  uint64_t bit = uint64_t{1} << owner.index();
  if ((set.idle_mask.fetch_and(~bit, std::memory_order_seq_cst) & bit) != 0) owner.wake();
}

void become_runnable(Process& process) {
  change_state(process, ProcessState::Runnable);
  schedule(process);
}

void become_waiting(Process& process) {
  change_state(process, ProcessState::Waiting);
  // P4. The process may run elsewhere already: only its atomic words are looked at, and its memory outlives this moment (P5).
  if (process.poll.load(std::memory_order_seq_cst) != 0 || process.outbox.has_arrivals()) wake(process);
}

void become_blocked(Process& process) { change_state(process, ProcessState::Blocked); }

// -- one scheduler

void Scheduler::wake() {
  // Sequentially consistent: pairs with the exchange in idle().
  wake_word_.store(1, std::memory_order_seq_cst);
  futex_wake_one(wake_word_);
}

void Scheduler::run() {
  this_scheduler = this;
  progress_go_online();
  while (!set.stopping.load(std::memory_order_acquire)) {
    progress_quiet_point();
    if (!wheel_.is_empty()) wheel_.advance(monotonic_ns());
    if (Process* process = next_process()) {
      run_process(process);
    } else {
      idle();
    }
  }
  progress_go_offline();
  this_scheduler = nullptr;
}

Process* Scheduler::next_process() {
  tick_++;
  // Every other turn, so that neither queue starves the other.
  if (tick_ % 2 == 0) {
    if (Process* process = set.injector.pop()) return process;
  }
  if (Process* process = queue_.pop()) return process;
  if (Process* process = set.injector.pop()) return process;
  return steal();
}

Process* Scheduler::steal() {
  size_t count = set.all.size();
  for (size_t i = 1; i < count; i++) {
    Scheduler& victim = *set.all[(index_ + i) % count];
    // S3: one alone is the victim's own next.
    if (victim.queue_.length() < 2) continue;
    if (Process* process = victim.queue_.steal_into(queue_)) return process;
  }
  return nullptr;
}

bool Scheduler::may_sleep() const {
  if (set.stopping.load(std::memory_order_seq_cst) || set.injector.length() != 0 || queue_.length() != 0) return false;
  for (const auto& other : set.all) {
    if (other->queue_.length() >= 2) return false;
  }
  return true;
}

void Scheduler::idle() {
  progress_collect();
  if (set.all.size() > 1) {
    for (int look = 0; look < kIdleLooks; look++) {
      if (!may_sleep()) return;
      __builtin_ia32_pause();
    }
  }
  uint64_t bit = uint64_t{1} << index_;
  wake_word_.store(0, std::memory_order_relaxed);
  // S2: announce, then look.
  set.idle_mask.fetch_or(bit, std::memory_order_seq_cst);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (may_sleep()) {
    // S6: an earlier timer added from outside after this look finds the bit set.
    int64_t due = wheel_.next_due_ns();
    int64_t wait_ns = due == INT64_MAX ? INT64_MAX : due - monotonic_ns();
    progress_go_offline();
    if (wait_ns > 0) futex_wait(wake_word_, 0, wait_ns);
    progress_go_online();
  }
  set.idle_mask.fetch_and(~bit, std::memory_order_seq_cst);
}

void Scheduler::run_process(Process* process) {
  uint32_t seen = process->state.load(std::memory_order_acquire);
  do {
    if ((seen & kHeld) != 0) {
      // P2: somebody reads it; it will not take long.
      queue_.push(process);
      std::this_thread::yield();
      return;
    }
    // Acquire: pairs with the release of the last owner in change_state.
  } while (!process->state.compare_exchange_weak(
      seen, (seen & ~kStateMask) | static_cast<uint32_t>(ProcessState::Running), std::memory_order_acq_rel));
  current_ = process;
  process->home = index_;
  enter(*process);
  current_ = nullptr;
}

void Scheduler::enter(Process& process) {
  restore_args(process, x_);
  process.reds = kReductions;
  process.seen_as = process.leave_reason == LeaveReason::Wait ? ProcessState::Waiting : ProcessState::Runnable;
  open_heap(process);
  if (process.poll.load(std::memory_order_relaxed) == 0 || handle_interrupt(process)) {
    process.seen_as = ProcessState::Running;
    hj_enter(&process);
  }
  process.reductions += static_cast<uint64_t>(kReductions - process.reds);
  leave(process);
}

void Scheduler::leave(Process& process) {
  switch (process.leave_reason) {
    case LeaveReason::Yield:
      save_args(process);
      become_runnable(process);
      return;
    case LeaveReason::Wait:
      save_args(process);
      become_waiting(process);
      return;
    case LeaveReason::Block:
      save_args(process);
      become_blocked(process);
      submit_blocking(process);
      return;
    case LeaveReason::Exit:
      process.x = nullptr;
      end_process(process);
      return;
  }
}

// -- the set

void start_schedulers(uint32_t count) {
  HJ_CHECK(set.all.empty(), "schedulers started twice");
  count = std::clamp(count, 1u, kMaxSchedulers);
  set.stopping.store(false, std::memory_order_relaxed);
  set.idle_mask.store(0, std::memory_order_relaxed);
  for (uint32_t i = 0; i < count; i++) set.all.push_back(std::make_unique<Scheduler>(static_cast<uint16_t>(i)));
  for (auto& each : set.all) set.threads.emplace_back([scheduler = each.get()] { scheduler->run(); });
}

void stop_schedulers() {
  set.stopping.store(true, std::memory_order_seq_cst);
  for (auto& each : set.all) each->wake();
  for (auto& thread : set.threads) thread.join();
  set.threads.clear();
  // The processes in it are about to be thrown away.
  while (set.injector.pop() != nullptr) {
  }
}

void free_schedulers() { set.all.clear(); }

}  // namespace hj::rt
