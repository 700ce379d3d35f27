// Registered names, also against the ends of processes.
#include "runtime/process/registry.h"

#include <algorithm>
#include <thread>

#include "runtime/process/interrupt.h"
#include "runtime/process/send.h"
#include "runtime/process/spawn.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "tests/unit/runtime/running_runtime.h"

namespace hj::rt {
namespace {

NativeResult idle(Process&, Term*) { return NativeResult::Wait; }
const bool kIdle = add_native("idle", 0, idle);

Term name(const char* text) { return intern_atom(text); }
Term spawn_idle() { return spawn_first(intern_atom("t"), intern_atom("idle"), Term::nil(), nullptr); }

void await_end(Term pid) {
  for (;;) {
    ProgressGuard guard;
    if (find_process(pid) == nullptr) return;
    std::this_thread::yield();
  }
}

TEST(Registry, ANameLeadsToItsProcessUntilItIsUnregistered) {
  RunningRuntime runtime(1);
  Term pid = spawn_idle();
  EXPECT_EQ(register_name(name("one"), pid), RegisterOutcome::Done);
  EXPECT_EQ(where_is(name("one")), pid);
  // Of two reasons OTP tells the process's own name first.
  EXPECT_EQ(register_name(name("one"), pid), RegisterOutcome::AlreadyNamed);
  EXPECT_EQ(register_name(name("one"), spawn_idle()), RegisterOutcome::NameTaken);
  EXPECT_EQ(register_name(name("two"), pid), RegisterOutcome::AlreadyNamed);
  EXPECT_TRUE(unregister_name(name("one")));
  EXPECT_FALSE(unregister_name(name("one")));
  EXPECT_FALSE(where_is(name("one")).is_value());
  EXPECT_EQ(register_name(name("two"), pid), RegisterOutcome::Done);
}

TEST(Registry, RG2_TheNameGoesWithItsProcess) {
  RunningRuntime runtime(2);
  Term pid = spawn_idle();
  register_name(name("mortal"), pid);
  send_exit(pid, pid, am::kill);
  await_end(pid);
  EXPECT_FALSE(where_is(name("mortal")).is_value());
  EXPECT_EQ(register_name(name("mortal"), pid), RegisterOutcome::NotAlive);
}

TEST(Registry, RG1_NoNameOutlivesAProcessThatEndsWhileItIsRegistered) {
  RunningRuntime runtime(2);
  for (int round = 0; round < 300; round++) {
    Term pid = spawn_idle();
    send_exit(pid, pid, am::kill);
    register_name(name("racer"), pid);
    await_end(pid);
    EXPECT_FALSE(where_is(name("racer")).is_value());
  }
}

}  // namespace
}  // namespace hj::rt
