// Links, monitors, exits and messages between processes: what arrives, in which order, and a storm of everything at once.
#include <atomic>
#include <random>
#include <thread>

#include "runtime/code/export_table.h"
#include "runtime/process/exception.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/receive.h"
#include "runtime/process/registry.h"
#include "runtime/process/relations.h"
#include "runtime/process/requests.h"
#include "runtime/process/send.h"
#include "runtime/process/spawn.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "runtime/term/order.h"
#include "runtime/term/print.h"
#include "tests/unit/runtime/running_runtime.h"

namespace hj::rt {
namespace {

Term atom(const char* text) { return intern_atom(text); }

// What the program under test has received, as text, and how many messages that were.
std::string received;
std::atomic<int> noted{0};

void note(Term term) {
  write_term(received, term, Encoding::Unicode);
  received += ' ';
}

// Notes every message until `stop` comes.
NativeResult note_all(Process& process, Term*) {
  for (;;) {
    fetch_signals(process);
    if (process.is_exiting || process.inbox.first == nullptr) return NativeResult::Wait;
    Signal* message = take_message(process);
    Term term = message->term;
    own_message(process, message);
    if (term == atom("stop")) return return_value(process, am::ok);
    note(term.is_tuple() ? term.tuple_elements()[0] : term);
    if (term.is_tuple()) note(term.tuple_elements()[term.tuple_size() - 1]);
    noted++;
  }
}
const bool kNoteAll = add_native("note_all", 0, note_all);

Code note_all_entry() { return active_address(intern_export(atom("t"), atom("note_all"), 0)); }

NativeResult exit_with(Process& process, Term* args) {
  raise(process, am::exit, args[0]);
  return NativeResult::Raise;
}
const bool kExitWith = add_native("exit_with", 1, exit_with);

NativeResult idle(Process&, Term*) { return NativeResult::Wait; }
const bool kIdle = add_native("wait", 0, idle);

Spawned spawn_native(Process& process, const char* function, std::initializer_list<Term> args, const SpawnOptions& options) {
  return spawn_mfa(process, atom("t"), atom(function), make_list(process, args), options);
}

// -- programs: each sets something up, then notes what comes

NativeResult watch_exits(Process& process, Term*) {
  process.trap_exit = true;
  spawn_native(process, "exit_with", {atom("foo")}, {.link = true, .monitor = true});
  send_message(process.pid, atom("first"));
  return trap_to(process, note_all_entry());
}
const bool kWatchExits = add_native("watch_exits", 0, watch_exits);

NativeResult die_by_link(Process& process, Term*) {
  spawn_native(process, "exit_with", {atom("contagious")}, {.link = true});
  return trap_to(process, note_all_entry());
}
const bool kDieByLink = add_native("die_by_link", 0, die_by_link);

NativeResult forget_monitor(Process& process, Term*) {
  Spawned child = spawn_native(process, "wait", {}, {.monitor = true});
  EXPECT_TRUE(remove_monitor(process, key_of(child.reference)));
  EXPECT_FALSE(remove_monitor(process, key_of(child.reference)));
  send_exit(child.pid, process.pid, am::kill);
  return trap_to(process, note_all_entry());
}
const bool kForget = add_native("forget_monitor", 0, forget_monitor);

NativeResult kill_trapper(Process& process, Term*) {
  process.trap_exit = true;
  send_message(process.pid, atom("before"));
  send_exit(process.pid, process.pid, am::normal);
  send_exit(process.pid, process.pid, atom("trapped"));
  send_message(process.pid, atom("between"));
  send_exit(process.pid, process.pid, am::kill);
  send_message(process.pid, atom("never"));
  return trap_to(process, note_all_entry());
}
const bool kKillTrapper = add_native("kill_trapper", 0, kill_trapper);

// Stops the program when so many messages have come, and a while later: then nothing unwanted has come either.
std::string run_noting(const char* function, int messages) {
  received.clear();
  noted = 0;
  RunningRuntime runtime(2);
  Program program = start_program(atom("t"), atom(function), Term::nil());
  for (int ms = 0; noted < messages && ms < 60'000; ms++) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  send_message(program.entry, atom("stop"));
  wait_for_program(program);
  return received;
}

// The program ends by itself.
ProgramEnd run_to_its_end(const char* function) {
  received.clear();
  RunningRuntime runtime(2);
  Program program = start_program(atom("t"), atom(function), Term::nil());
  return wait_for_program(program);
}

TEST(Signals, ATrappedExitComesBeforeTheDownOfTheSameProcess) {
  EXPECT_EQ(run_noting("watch_exits", 3), "first 'EXIT' foo 'DOWN' foo ");
}

TEST(Signals, AnExitSpreadsThroughALink) {
  const ProgramEnd end = run_to_its_end("die_by_link");
  EXPECT_EQ(received, "");
  EXPECT_EQ(end.outcome, ProgramOutcome::EntryCrashed);
  EXPECT_EQ(end.entry_reason, "contagious");
}

TEST(Signals, RL2_NoDownComesAfterDemonitor) { EXPECT_EQ(run_noting("forget_monitor", 0), ""); }

TEST(Signals, KillCannotBeTrappedAndEndsWhatFollows) {
  // All of it is fetched at once, so that nothing is noted: the kill comes first in effect.
  const ProgramEnd end = run_to_its_end("kill_trapper");
  EXPECT_EQ(end.entry_reason, "killed");
}

// -- a storm

constexpr int kStormers = 60;
std::atomic<uint64_t> storm_pids[kStormers];
std::atomic<int> generation{0};

Term random_pid(std::mt19937_64& random) {
  return Term::from_bits(storm_pids[random() % kStormers].load(std::memory_order_relaxed));
}

void storm_step(Process& process, std::mt19937_64& random) {
  Term other = random_pid(random);
  if (!other.is_pid()) return;
  switch (random() % 9) {
    case 0: add_link(process, other); break;
    case 1: remove_link(process, other); break;
    case 2: {
      Term reference = add_monitor(process, other, Term::non_value(), Term::non_value());
      if (random() % 2 == 0) remove_monitor(process, key_of(reference));
      break;
    }
    case 3: send_exit(other, process.pid, random() % 4 == 0 ? am::kill : am::normal); break;
    case 4: send_message(other, make_tuple(process, {am::ok, process.pid, make_integer(process, 1)})); break;
    case 5: register_name(atom("storm"), other); break;
    case 6: {
      Term pid = where_is(atom("storm"));
      if (pid.is_value()) send_message(pid, am::ok);
      break;
    }
    case 7: process.trap_exit = random() % 2 == 0; break;
    case 8: send_message(process.pid, make_list(process, {})); break;
  }
}

// stormer(Slot, Steps, Seed): does random things to the others, starts itself anew in its slot when its time is over.
NativeResult stormer(Process& process, Term* args) {
  auto slot = static_cast<size_t>(args[0].small());
  storm_pids[slot].store(process.pid.bits, std::memory_order_relaxed);
  std::mt19937_64 random(static_cast<uint64_t>(args[2].small()));
  for (int i = 0; i < 20; i++) storm_step(process, random);
  fetch_signals(process);
  answer_requests(process);
  if (process.is_exiting) return NativeResult::Raise;
  while (process.inbox.first != nullptr) own_message(process, take_message(process));
  int64_t left = args[1].small() - 1;
  args[1] = Term::from_small(left);
  args[2] = Term::from_small(static_cast<int64_t>(random() >> 8));
  generation++;
  return left > 0 ? NativeResult::Yield : return_value(process, am::ok);
}
const bool kStormer = add_native("stormer", 3, stormer);

// Keeps the slots filled: whoever dies is monitored and replaced.
NativeResult storm(Process& process, Term* args) {
  process.trap_exit = true;
  fetch_signals(process);
  while (process.inbox.first != nullptr) own_message(process, take_message(process));
  int64_t round = args[0].small();
  for (int slot = 0; slot < kStormers; slot++) {
    ProgressGuard guard;
    if (find_process(Term::from_bits(storm_pids[slot].load(std::memory_order_relaxed))) != nullptr) continue;
    Spawned child = spawn_native(process, "stormer",
                                 {Term::from_small(slot), Term::from_small(30), Term::from_small(round * 1000 + slot)},
                                 {.monitor = true});
    storm_pids[slot].store(child.pid.bits, std::memory_order_relaxed);
  }
  args[0] = Term::from_small(round - 1);
  return round == 0 ? return_value(process, am::ok) : NativeResult::Yield;
}
const bool kStorm = add_native("storm", 1, storm);

// Sanitizers need minutes for what otherwise takes a second.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kRounds = 200;
#else
constexpr int kRounds = 3000;
#endif

TEST(Signals, AStormOfEverythingLeavesNobodyBehind) {
  for (auto& pid : storm_pids) pid = am::undefined.bits;
  for (uint32_t schedulers : {1u, 3u}) {
    RunningRuntime runtime(schedulers);
    Process* builder = make_bare_process(64);
    Program program =
        start_program(atom("t"), atom("storm"), make_list(*builder, std::initializer_list<Term>{Term::from_small(kRounds)}));
    free_bare_process(builder);
    wait_for_program(program);
    EXPECT_EQ(process_count(), 0u);
    EXPECT_FALSE(where_is(atom("storm")).is_value());
  }
  EXPECT_GT(generation, 1000);
}

}  // namespace
}  // namespace hj::rt
