// Schedulers: the threads that run processes.
//
// One thread a core. Each has a run queue; it runs a process until the process waits, ends or has used up kReductions (or is
// interrupted through its poll), and then the next. A scheduler with nothing to do takes from the injector (processes made
// runnable by threads that are no schedulers), then steals, then sleeps. Waking costs a system call, so a process made
// runnable by a scheduler stays with it as long as it is alone in the queue: the usual case is a message whose sender waits
// for the answer. The end of the slice puts a busy sender behind it, the queue has two, and a sleeper is woken to steal.
//
// Invariants:
//   S1  Every Runnable process is in exactly one queue, or in the hands of the thread that made it so.
//   S2  A scheduler sleeps only after announcing itself in idle_mask and then finding the injector and its own queue empty and
//       no other queue with two or more; whoever makes such a queue looks at idle_mask afterwards. Both sides sequentially
//       consistent: no wake-up is lost.
//   S3  A queue of one is seen to by its own scheduler, which is awake: it announces itself only with its queue empty.
//   S4  One scheduler takes all decisions from its own queue, timers and signals in their order alone: deterministic but for
//       time and threads outside.
//   S5  A sleeping scheduler is offline for thread progress and holds no process.
//   S6  A sleeping scheduler wakes for its own timers; who adds an earlier one from outside wakes it.
//
// Threads: schedule() any thread; the rest as said.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "runtime/process/process.h"
#include "runtime/sched/run_queue.h"
#include "runtime/sched/timers.h"

namespace hj::rt {

#if defined(HJ_CHAOS)
inline constexpr bool kChaos = true;
#else
inline constexpr bool kChaos = false;
#endif
// The slice of a process.
// One bit each in the mask of idle ones.
inline constexpr uint32_t kMaxSchedulers = 64;
inline constexpr int64_t kReductions = kChaos ? 4 : 4000;

class Scheduler {
 public:
  explicit Scheduler(uint16_t index) : index_(index), wheel_(index) {}

  uint16_t index() const { return index_; }
  Process* current() const { return current_; }
  RunQueue& queue() { return queue_; }
  TimerWheel& wheel() { return wheel_; }
  const TimerWheel& wheel() const { return wheel_; }

  // The thread's whole life.
  void run();
  // Any thread: makes it look around again if it sleeps or is about to.
  void wake();

 private:
  Process* next_process();
  Process* steal();
  void idle();
  bool may_sleep() const;
  void run_process(Process* process);
  // Before generated code: signals, holds. False when the process has ended.
  void enter(Process& process);
  void leave(Process& process);

  const uint16_t index_;
  uint32_t tick_ = 0;
  Process* current_ = nullptr;
  RunQueue queue_;
  TimerWheel wheel_;
  // 1: a wake-up is due. What the thread sleeps on.
  alignas(64) std::atomic<uint32_t> wake_word_{0};
  Term x_[kXRegisters];
};

// The scheduler this thread is, or null.
Scheduler* current_scheduler();

// -- the set of schedulers; runtime.cpp starts and stops it
void start_schedulers(uint32_t count);
// Makes all of them return from run() at their next look, and joins them.
void stop_schedulers();
// After stop: forgets queues and wheels. Timers of processes must have been stopped.
void free_schedulers();
uint32_t scheduler_count();
Scheduler& scheduler(uint32_t index);

// A process that has just become Runnable: into a queue. Any thread.
void schedule(Process& process);
// Moves it from Waiting to Runnable and queues it; nothing if it is in another state. Any thread (P3, P4).
void wake(Process& process);
// Sets poll, then wakes: for reasons other than a message. Any thread.
void interrupt(Process& process);
// Starts a timer in the current scheduler's wheel, or, on other threads, in the one named. Any thread (S6).
void start_timer(Timer& timer, uint16_t home, int64_t deadline_ns);
// Moves the process (Running or Blocked, not held: waits while it is) on. Owner only; the owner no longer is one afterwards.
void become_runnable(Process& process);
void become_waiting(Process& process);
void become_blocked(Process& process);

}  // namespace hj::rt
