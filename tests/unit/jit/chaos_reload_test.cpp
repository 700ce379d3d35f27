// Chaos build only: a module that is loaded again as its own twin is no load to anybody.
#include <gtest/gtest.h>

#include <thread>

#include "jit/code_server.h"
#include "runtime/code/module_table.h"
#include "runtime/heap/build.h"
#include "runtime/heap/literal_collection.h"
#include "runtime/process/process.h"
#include "runtime/process/send.h"
#include "runtime/process/table.h"
#include "runtime/runtime.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::jit {
namespace {

using rt::Term;

Term atom(std::string_view text) { return rt::intern_atom(text); }

struct World {
  std::unique_ptr<Engine> engine;
  std::unique_ptr<CodeServer> server;
};

// The loader is not told to the runtime: twins are made by the tests alone.
class ChaosReloadTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(rt::prepare_runtime().ok());
    world.engine = std::move(Engine::create()).value();
    world.server = std::make_unique<CodeServer>(*world.engine, CodeServerOptions{});
    rt::start_runtime({.schedulers = 2});
  }
  static void TearDownTestSuite() { rt::stop_runtime(); }

  static CodeServer& server() { return *world.server; }
  static LoadResult load(const std::string& name, int value, OldCode old_code = OldCode::Purge) {
    const std::string text = fmt::format(
        "-module({0}).\n"
        "-export([stay/0, hold/0, deep/1, value/0]).\n"
        "value() -> {1}.\n"
        "stay() -> wait(), ok.\n"
        "wait() -> receive X -> X end.\n"
        "hold() -> F = fun(Y) -> {{held, {1}, Y, \"text\"}} end, Text = {{\"literal\", {1}}},\n"
        "  wait(), {{held, {1}, 2, \"text\"}} = F(2), {{\"literal\", {1}}} = Text, ok.\n"
        "deep(0) -> wait(), {1} + bad;\n"
        "deep(N) -> wait(), 1 + ?MODULE:deep(N - 1).\n",
        name, value);
    LoadResult result = server().load_source_text(name + ".erl", text, old_code);
    EXPECT_TRUE(result.ok()) << result.text;
    return result;
  }
  // How often it was done.
  static int reload(const std::string& name, int times) {
    int done = 0;
    for (int i = 0; i < times; ++i) {
      done += server().reload_twin(atom(name)) ? 1 : 0;
      rt::await_literal_collector();
    }
    return done;
  }
  static inline World world;
};

void await_waiting(Term pid) {
  for (;;) {
    rt::ProgressGuard guard;
    const rt::Process* process = rt::find_process(pid);
    const auto state = process->state.load() & rt::kStateMask;
    if (state == static_cast<uint32_t>(rt::ProcessState::Waiting)) return;
    std::this_thread::yield();
  }
}

rt::Program start(std::string_view module, std::string_view function, std::initializer_list<Term> args = {}) {
  rt::Process* builder = rt::make_bare_process(64);
  rt::Program program = rt::start_program(atom(module), atom(function), rt::make_list(*builder, args));
  rt::free_bare_process(builder);
  await_waiting(program.entry);
  return program;
}

rt::ProgramEnd finish(rt::Program& program) {
  rt::send_message(program.entry, rt::am::ok);
  return rt::wait_for_program(program);
}

bool is_alive(Term pid) {
  rt::ProgressGuard guard;
  return rt::find_process(pid) != nullptr;
}

TEST_F(ChaosReloadTest, ATwinIsAnotherVersionWithTheSameNumber) {
  load("twin", 1);
  const uint64_t id = rt::current_version(atom("twin"))->id;
  ASSERT_EQ(reload("twin", 1), 1);
  EXPECT_NE(rt::current_version(atom("twin"))->id, id);
  EXPECT_EQ(rt::current_version(atom("twin"))->number, 1u);
  EXPECT_FALSE(server().has_old_code(atom("twin")));
  EXPECT_EQ(rt::find_version(atom("twin"), 1), rt::current_version(atom("twin")));
  EXPECT_EQ(load("twin", 2).report.number, 2u);
}

TEST_F(ChaosReloadTest, WhoLingersSurvivesAnyNumberOfTwinsAndIsKilledByTheSecondLoad) {
  load("patient", 1);
  rt::Program old = start("patient", "stay");
  EXPECT_EQ(reload("patient", 100), 100);
  EXPECT_FALSE(server().has_old_code(atom("patient")));
  EXPECT_FALSE(server().is_lingering(old.entry, atom("patient")));

  const LoadResult second = load("patient", 2);
  EXPECT_EQ(second.report.lingering, 1u);
  EXPECT_TRUE(second.report.killed.empty());
  EXPECT_EQ(reload("patient", 100), 100);
  EXPECT_TRUE(server().is_lingering(old.entry, atom("patient")));
  EXPECT_TRUE(is_alive(old.entry));

  const LoadResult third = load("patient", 3);
  EXPECT_EQ(third.report.number, 3u);
  EXPECT_EQ(third.report.killed, std::vector<Term>{old.entry});
  EXPECT_EQ(rt::wait_for_program(old).entry_reason, "killed");
}

TEST_F(ChaosReloadTest, TheTwinsOfAnOldVersionAreOneOldVersion) {
  load("family", 1);
  rt::Program first = start("family", "stay");
  EXPECT_EQ(reload("family", 1), 1);
  rt::Program second = start("family", "stay");
  EXPECT_EQ(reload("family", 1), 1);
  EXPECT_EQ(load("family", 2).report.lingering, 2u);
  EXPECT_FALSE(server().soft_purge(atom("family")));
  EXPECT_EQ(finish(first).outcome, rt::ProgramOutcome::Finished);
  EXPECT_FALSE(server().soft_purge(atom("family")));
  EXPECT_TRUE(server().has_old_code(atom("family")));
  EXPECT_EQ(server().purge(atom("family")).killed, std::vector<Term>{second.entry});
  EXPECT_FALSE(server().has_old_code(atom("family")));
  rt::wait_for_program(second);
}

TEST_F(ChaosReloadTest, DeletingMakesAllTwinsOld) {
  load("deleted_twins", 1);
  rt::Program program = start("deleted_twins", "stay");
  EXPECT_EQ(reload("deleted_twins", 3), 3);
  EXPECT_TRUE(server().delete_module(atom("deleted_twins")));
  EXPECT_EQ(reload("deleted_twins", 1), 0);
  EXPECT_TRUE(server().is_lingering(program.entry, atom("deleted_twins")));
  EXPECT_EQ(server().purge(atom("deleted_twins")).killed, std::vector<Term>{program.entry});
  EXPECT_FALSE(server().has_old_code(atom("deleted_twins")));
  rt::wait_for_program(program);
}

TEST_F(ChaosReloadTest, ClosuresAndLiteralsOutliveTheirTwin) {
  load("holder", 1);
  rt::Program program = start("holder", "hold");
  EXPECT_EQ(reload("holder", 10), 10);
  rt::await_literal_collector();
  EXPECT_EQ(finish(program).outcome, rt::ProgramOutcome::Finished);
  EXPECT_EQ(reload("holder", 1), 1);
  EXPECT_TRUE(rt::twins_of_current(atom("holder")).size() <= 1);
}

// Each step of a recursion runs in another twin: the trace is as if there were none.
TEST_F(ChaosReloadTest, StackTracesDoNotShowTwins) {
  load("deep", 1);
  std::string reasons[2];
  for (int twins = 0; twins < 2; ++twins) {
    rt::Program program = start("deep", "deep", {Term::from_small(3)});
    for (int i = 0; i < 3; ++i) {
      if (twins == 1) reload("deep", 1);
      rt::send_message(program.entry, rt::am::ok);
      await_waiting(program.entry);
    }
    const rt::ProgramEnd end = finish(program);
    EXPECT_EQ(end.outcome, rt::ProgramOutcome::EntryCrashed);
    reasons[twins] = end.entry_reason;
  }
  EXPECT_NE(reasons[0].find("badarith"), std::string::npos) << reasons[0];
  EXPECT_EQ(reasons[1], reasons[0]);
}

}  // namespace
}  // namespace hj::jit
