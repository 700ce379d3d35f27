// Processes run, yield, wait, wake, are stolen, end; schedulers sleep and stop.
#include "runtime/sched/scheduler.h"

#include <time.h>

#include <atomic>
#include <thread>

#include "runtime/code/export_table.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/receive.h"
#include "runtime/process/send.h"
#include "runtime/process/spawn.h"
#include "runtime/process/table.h"
#include "tests/unit/runtime/running_runtime.h"

namespace hj::rt {
namespace {

std::atomic<int> counter{0};

Term atom(const char* text) { return intern_atom(text); }

Term spawn_test(Process& process, const char* function, std::initializer_list<Term> args) {
  return spawn_mfa(process, atom("t"), atom(function), make_list(process, args), {}).pid;
}

// -- programs

NativeResult count_one(Process& process, Term*) {
  counter++;
  return return_value(process, am::ok);
}
const bool kCountOne = add_native("count_one", 0, count_one);

NativeResult fail_with_badarg(Process& process, Term*) { return raised(raise_badarg(process)); }
const bool kFail = add_native("fail", 0, fail_with_badarg);

NativeResult spawn_thousand(Process& process, Term*) {
  for (int i = 0; i < 1000; i++) spawn_test(process, "count_one", {});
  return return_value(process, am::ok);
}
const bool kSpawnThousand = add_native("spawn_thousand", 0, spawn_thousand);

// Counts down in x0, yielding each time.
NativeResult yield_down(Process& process, Term* args) {
  if (args[0].small() == 0) {
    counter++;
    return return_value(process, am::ok);
  }
  args[0] = Term::from_small(args[0].small() - 1);
  return NativeResult::Yield;
}
const bool kYieldDown = add_native("yield_down", 1, yield_down);

NativeResult yielders(Process& process, Term*) {
  for (int i = 0; i < 50; i++) spawn_test(process, "yield_down", {Term::from_small(200)});
  return return_value(process, am::ok);
}
const bool kYielders = add_native("yielders", 0, yielders);

Term receive_one(Process& process) {
  if (*process.inbox.scan == nullptr) fetch_signals(process);
  if (*process.inbox.scan == nullptr) return Term::non_value();
  Signal* message = take_message(process);
  Term term = message->term;
  own_message(process, message);
  return term;
}

// ring(Next, N, M): passes M messages on, then ends. The last of the ring has the first as its next.
NativeResult ring(Process& process, Term* args) {
  for (;;) {
    Term message = receive_one(process);
    if (!message.is_value()) return NativeResult::Wait;
    send_message(args[0], message);
    int64_t left = args[1].small() - 1;
    args[1] = Term::from_small(left);
    if (left == 0) {
      counter++;
      return return_value(process, am::ok);
    }
  }
}
const bool kRing = add_native("ring", 2, ring);

NativeResult start_ring(Process& process, Term*) {
  constexpr int kSize = 20;
  constexpr int64_t kRounds = 500;
  Term next = process.pid;
  Term first;
  for (int i = 0; i < kSize; i++) next = spawn_test(process, "ring", {next, Term::from_small(kRounds)});
  first = next;
  for (int64_t i = 0; i < kRounds; i++) send_message(first, Term::from_small(i));
  process.x[0] = Term::from_small(kRounds);
  return trap_to(process, active_address(intern_export(atom("t"), atom("collect_in_order"), 1)));
}
const bool kStartRing = add_native("start_ring", 0, start_ring);

// Receives 0, 1, .. up to N and checks their order (M2).
NativeResult collect_in_order(Process& process, Term* args) {
  static thread_local int64_t unused = 0;
  (void)unused;
  for (;;) {
    Term message = receive_one(process);
    if (!message.is_value()) return NativeResult::Wait;
    int64_t left = args[0].small() - 1;
    EXPECT_EQ(message.small(), 499 - left);
    args[0] = Term::from_small(left);
    if (left == 0) return return_value(process, am::ok);
  }
}
const bool kCollect = add_native("collect_in_order", 1, collect_in_order);

// Burns a slice's worth of time, many times over.
NativeResult burn(Process& process, Term* args) {
  if (args[0].small() == 0) return return_value(process, am::ok);
  volatile int64_t sink = 0;
  for (int i = 0; i < 100000; i++) sink = sink + i;
  args[0] = Term::from_small(args[0].small() - 1);
  return NativeResult::Yield;
}
const bool kBurn = add_native("burn", 1, burn);

NativeResult two_burners(Process& process, Term*) {
  for (int i = 0; i < 2; i++) spawn_test(process, "burn", {Term::from_small(1000)});
  return return_value(process, am::ok);
}
const bool kTwoBurners = add_native("two_burners", 0, two_burners);

constexpr int kBlocking = 8;
std::atomic<int> blocked = 0;

// Returns when all of them are inside and the process that counts has run.
NativeResult block_together(Process& process, Term*) {
  blocked++;
  const int64_t begin = monotonic_ns();
  while (blocked < kBlocking || counter == 0) {
    if (monotonic_ns() - begin > 60'000'000'000) {
      ADD_FAILURE() << "the others wait for this one";
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  counter++;
  return return_value(process, am::ok);
}
const bool kBlock = add_native("block_together", 0, block_together, NativeKind::Blocking);

NativeResult block_many(Process& process, Term*) {
  for (int i = 0; i < kBlocking; i++) spawn_test(process, "block_together", {});
  spawn_test(process, "count_one", {});
  return return_value(process, am::ok);
}
const bool kBlockMany = add_native("block_many", 0, block_many);

NativeResult wait_for_ever(Process&, Term*) { return NativeResult::Wait; }
const bool kWaitForEver = add_native("wait_for_ever", 0, wait_for_ever);

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// -- tests

TEST(Scheduler, AProgramEndsWhenItsEntryHasReturned) {
  RunningRuntime runtime(1);
  counter = 0;
  ProgramEnd end = runtime.run("count_one");
  EXPECT_EQ(end.outcome, ProgramOutcome::Finished);
  EXPECT_EQ(counter, 1);
}

TEST(Scheduler, AnUncaughtErrorOfTheEntryIsACrash) {
  RunningRuntime runtime(1);
  ProgramEnd end = runtime.run("fail");
  EXPECT_EQ(end.outcome, ProgramOutcome::EntryCrashed);
  EXPECT_NE(end.entry_reason.find("badarg"), std::string::npos);
}

TEST(Scheduler, AProgramEndsWhenItsLastDescendantHas) {
  for (uint32_t schedulers : {1u, 2u, 4u}) {
    RunningRuntime runtime(schedulers);
    counter = 0;
    runtime.run("spawn_thousand");
    EXPECT_EQ(counter, 1000);
    EXPECT_EQ(process_count(), 0u);
  }
}

TEST(Scheduler, ProcessesThatYieldAllComeToTheirEnd) {
  for (uint32_t schedulers : {1u, 3u}) {
    RunningRuntime runtime(schedulers);
    counter = 0;
    runtime.run("yielders");
    EXPECT_EQ(counter, 50);
  }
}

TEST(Scheduler, S2_NoWakeUpIsLostInARing) {
  for (uint32_t schedulers : {1u, 2u, 4u}) {
    RunningRuntime runtime(schedulers);
    counter = 0;
    runtime.run("start_ring");
    EXPECT_EQ(counter, 20);
  }
}

TEST(Scheduler, TwoBusyProcessesRunAtTheSameTime) {
  if (core_count() < 2) GTEST_SKIP() << "one core";
  RunningRuntime runtime(2);
  double cpu = cpu_seconds();
  int64_t wall = monotonic_ns();
  runtime.run("two_burners");
  double wall_seconds = 1e-9 * static_cast<double>(monotonic_ns() - wall);
  // On a machine that is busy with other things nothing can be told; on an idle one this is near 2.
  if (cpu_seconds() - cpu < 1.2 * wall_seconds) GTEST_SKIP() << "the machine is busy";
}

TEST(Scheduler, BlockingNativesDoNotHoldUpSchedulers) {
  RunningRuntime runtime(1);
  counter = 0;
  blocked = 0;
  runtime.run("block_many");
  EXPECT_EQ(counter, kBlocking + 1);
}

TEST(Scheduler, AnIdleRuntimeUsesNoProcessorTime) {
  RunningRuntime runtime(2);
  Program program = start_program(atom("t"), atom("wait_for_ever"), Term::nil());
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  double cpu = cpu_seconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_LT(cpu_seconds() - cpu, 0.01);
  request_halt(3);
  ProgramEnd end = wait_for_program(program);
  EXPECT_EQ(end.outcome, ProgramOutcome::Halted);
  EXPECT_EQ(end.halt_status, 3);
}

}  // namespace
}  // namespace hj::rt
