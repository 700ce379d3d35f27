// Loading, reloading and purging with a real runtime: schedulers run while the tests load. Modules are Core text.
#include "jit/code_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "jit/container.h"
#include "runtime/arch/entry.h"
#include "runtime/code/export_table.h"
#include "runtime/code/module_table.h"
#include "runtime/heap/build.h"
#include "runtime/heap/literal_collection.h"
#include "runtime/native/native_call.h"
#include "runtime/process/send.h"
#include "runtime/process/table.h"
#include "runtime/runtime.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::jit {
namespace {

using rt::Term;

Term atom(std::string_view text) { return rt::intern_atom(text); }

// One engine and one set of schedulers for all tests; each test uses modules of its own.
struct World {
  std::unique_ptr<Engine> engine;
  std::unique_ptr<CodeServer> server;
};

class CodeServerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(rt::prepare_runtime().ok());
    world.engine = std::move(Engine::create()).value();
    world.server = std::make_unique<CodeServer>(*world.engine, CodeServerOptions{});
    // Hot versions are reported to the loader the runtime knows.
    rt::set_code_loader(world.server.get());
    rt::start_runtime({.schedulers = 2});
  }
  static void TearDownTestSuite() { rt::stop_runtime(); }

  static CodeServer& server() { return *world.server; }
  static inline World world;
};

std::shared_ptr<core::Module> read_text(const std::string& text) {
  auto module = std::make_shared<core::Module>();
  core::ReadError error;
  EXPECT_TRUE(core::read_core(text, *module, error)) << error.line << ": " << error.message;
  EXPECT_EQ(core::verify_core(*module), "");
  return module;
}

// value/0 gives `value`; stay/0 waits in this version's code (a frame of it stays on the stack); make/0 gives a closure of arity 0 that gives `value`; call/1 calls one, `raised` when that
// raises.
std::string versioned(std::string_view name, int value) {
  return fmt::format(R"(module {0}
file "{0}.erl"
function value/0 exported @1 {{
b0:
  return {1}
}}
function text/0 exported @1 {{
b0:
  return {{"text of", {1}}}
}}
function stay/0 exported @2 {{
b0:
  %0 = call local wait/0() @2
  return %0
}}
function wait/0 @3 {{
b0:
  jump b1
b1:
  recv_next %0 b2 b3
b2:
  recv_accept
  return %0
b3:
  recv_wait b1
}}
function make/0 exported @4 {{
b0:
  %0 = fun '-make/0-fun-0-'/0() @4
  return %0
}}
lambda '-make/0-fun-0-'/0 free 0 index 0 @4 {{
b0:
  return {1}
}}
function call/1 exported @5 {{
b0(%0):
  trycall %1 = '-call/1-try-0-'/1(%0) b1 b2 @5
b1:
  return %1
b2(%2, %3, %4):
  return raised
}}
trybody '-call/1-try-0-'/1 as call/1 @5 {{
b0(%0):
  %1 = call fun(%0) @5
  return %1
}}
)",
                     name, value);
}

LoadResult load(CodeServer& server, const std::string& text, OldCode old_code = OldCode::Refuse) {
  auto module = read_text(text);
  return server.load_core(module, module->name + ".erl", old_code);
}

// Calls m:f(args...) on a process of the test's own and gives its value, or the non-value when there is no such function.
class Caller {
 public:
  Caller() : process_(rt::make_bare_process(4096)) {
    process_->x = x_;
    *--process_->sp = Term::from_bits(reinterpret_cast<uint64_t>(&rt::hj_process_done));
    bottom_ = process_->sp;
  }
  ~Caller() {
    process_->x = nullptr;
    rt::free_bare_process(process_);
  }

  Term call(std::string_view module, std::string_view function, std::initializer_list<Term> args = {}) {
    rt::ProgressGuard guard;
    const rt::Export* cell = rt::find_export(atom(module), atom(function), static_cast<uint32_t>(args.size()));
    if (cell == nullptr || !rt::is_defined(cell)) return Term::non_value();
    std::copy(args.begin(), args.end(), x_);
    process_->sp = bottom_;
    process_->resume = rt::active_address(cell);
    process_->reds = 1'000'000;
    process_->is_exiting = false;
    rt::hj_enter(process_);
    return x_[0];
  }
  int64_t small(std::string_view module, std::string_view function) { return call(module, function).small(); }

 private:
  rt::Process* process_;
  Term* bottom_;
  Term x_[rt::kXRegisters];
};

// Starts m:stay() and waits until it waits there.
rt::Program start_staying(std::string_view module) {
  rt::Program program = rt::start_program(atom(module), atom("stay"), Term::nil());
  for (;;) {
    rt::ProgressGuard guard;
    const rt::Process* process = rt::find_process(program.entry);
    const auto state = process->state.load() & rt::kStateMask;
    if (state == static_cast<uint32_t>(rt::ProcessState::Waiting)) return program;
    std::this_thread::yield();
  }
}

void finish(rt::Program& program) {
  rt::send_message(program.entry, rt::am::ok);
  rt::wait_for_program(program);
}

size_t resident_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

size_t mapping_count() {
  std::ifstream maps("/proc/self/maps");
  size_t count = 0;
  for (std::string line; std::getline(maps, line);) ++count;
  return count;
}

TEST_F(CodeServerTest, LoadsAndReplaces) {
  Caller caller;
  EXPECT_FALSE(server().is_loaded(atom("replaced")));
  const LoadResult first = load(server(), versioned("replaced", 1));
  ASSERT_TRUE(first.ok()) << first.text;
  EXPECT_EQ(first.report.number, 1u);
  EXPECT_EQ(caller.small("replaced", "value"), 1);
  EXPECT_FALSE(server().has_old_code(atom("replaced")));

  const LoadResult second = load(server(), versioned("replaced", 2));
  EXPECT_EQ(second.report.number, 2u);
  EXPECT_EQ(second.report.lingering, 0u);
  EXPECT_EQ(caller.small("replaced", "value"), 2);
  EXPECT_TRUE(server().has_old_code(atom("replaced")));
  EXPECT_EQ(server().file_of(atom("replaced")), "replaced.erl");
}

TEST_F(CodeServerTest, TheThirdLoadIsRefusedUntilOldCodeIsPurged) {
  Caller caller;
  load(server(), versioned("third", 1));
  load(server(), versioned("third", 2));
  const LoadResult refused = load(server(), versioned("third", 3));
  EXPECT_EQ(refused.error, rt::LoadError::NotPurged);
  EXPECT_EQ(caller.small("third", "value"), 2);
  EXPECT_TRUE(server().purge(atom("third")).was_old);
  EXPECT_TRUE(load(server(), versioned("third", 3)).ok());
  EXPECT_EQ(caller.small("third", "value"), 3);
}

TEST_F(CodeServerTest, PurgingKillsWhoLingersAndNobodyElse) {
  load(server(), versioned("lingerer", 1));
  rt::Program old = start_staying("lingerer");
  EXPECT_EQ(load(server(), versioned("lingerer", 2)).report.lingering, 1u);
  rt::Program current = start_staying("lingerer");
  EXPECT_TRUE(server().is_lingering(old.entry, atom("lingerer")));
  EXPECT_FALSE(server().is_lingering(current.entry, atom("lingerer")));

  EXPECT_FALSE(server().soft_purge(atom("lingerer")));
  const LoadResult third = load(server(), versioned("lingerer", 3), OldCode::Purge);
  ASSERT_TRUE(third.ok());
  EXPECT_EQ(third.report.killed, std::vector<Term>{old.entry});
  EXPECT_EQ(third.report.lingering, 1u);
  const rt::ProgramEnd end = rt::wait_for_program(old);
  EXPECT_EQ(end.outcome, rt::ProgramOutcome::EntryCrashed);
  EXPECT_EQ(end.entry_reason, "killed");
  {
    rt::ProgressGuard guard;
    EXPECT_NE(rt::find_process(current.entry), nullptr);
  }
  finish(current);
  EXPECT_TRUE(server().soft_purge(atom("lingerer")));
  EXPECT_FALSE(server().has_old_code(atom("lingerer")));
}

TEST_F(CodeServerTest, PurgingNothingKillsNobody) {
  EXPECT_FALSE(server().purge(atom("never_loaded")).was_old);
  EXPECT_TRUE(server().soft_purge(atom("never_loaded")));
}

TEST_F(CodeServerTest, AnExportThatIsGoneBecomesUndefined) {
  const std::string smaller = "module shrinking\nfile \"shrinking.erl\"\nfunction other/0 exported @1 {\nb0:\n  return 5\n}\n";
  Caller caller;
  load(server(), versioned("shrinking", 1));
  load(server(), smaller);
  EXPECT_FALSE(caller.call("shrinking", "value").is_value());
  EXPECT_EQ(caller.small("shrinking", "other"), 5);
}

TEST_F(CodeServerTest, DeletingMakesCurrentCodeOld) {
  Caller caller;
  load(server(), versioned("deleted", 1));
  EXPECT_TRUE(server().delete_module(atom("deleted")));
  EXPECT_FALSE(server().delete_module(atom("deleted")));
  EXPECT_FALSE(server().is_loaded(atom("deleted")));
  EXPECT_TRUE(server().has_old_code(atom("deleted")));
  EXPECT_FALSE(caller.call("deleted", "value").is_value());
  // Without a current version a load leaves the old one alone.
  EXPECT_TRUE(load(server(), versioned("deleted", 2)).ok());
  EXPECT_EQ(caller.small("deleted", "value"), 2);
  EXPECT_FALSE(server().delete_module(atom("deleted")));
}

TEST_F(CodeServerTest, ClosuresSurviveAnIdenticalReloadAndItsPurge) {
  Caller caller;
  load(server(), versioned("closures", 1));
  const Term fun = caller.call("closures", "make");
  load(server(), versioned("closures", 1));
  server().purge(atom("closures"));
  EXPECT_EQ(caller.call("closures", "call", {fun}).small(), 1);
}

TEST_F(CodeServerTest, ClosuresOfPurgedCodeAreBadUntilTheirCodeComesBack) {
  Caller caller;
  load(server(), versioned("revived", 1));
  const Term fun = caller.call("revived", "make");
  load(server(), versioned("revived", 2));
  EXPECT_EQ(caller.call("revived", "call", {fun}).small(), 1);
  server().purge(atom("revived"));
  EXPECT_EQ(caller.call("revived", "call", {fun}), atom("raised"));
  load(server(), versioned("revived", 1));
  EXPECT_EQ(caller.call("revived", "call", {fun}).small(), 1);
}

TEST_F(CodeServerTest, AbandonedSoftPurgeLeavesClosuresWorking) {
  Caller caller;
  load(server(), versioned("abandoned", 1));
  const Term fun = caller.call("abandoned", "make");
  rt::Program old = start_staying("abandoned");
  load(server(), versioned("abandoned", 2));
  EXPECT_FALSE(server().soft_purge(atom("abandoned")));
  EXPECT_EQ(caller.call("abandoned", "call", {fun}).small(), 1);
  finish(old);
}

TEST_F(CodeServerTest, FailedLoadsChangeNothing) {
  Caller caller;
  load(server(), versioned("unharmed", 1));
  EXPECT_EQ(server().load_binary(atom("unharmed"), "x", "garbage").error, rt::LoadError::Badfile);
  const std::string other = write_container(*read_text(versioned("another", 1)));
  EXPECT_EQ(server().load_binary(atom("unharmed"), "x", other).error, rt::LoadError::Badfile);
  EXPECT_EQ(server().load_binary(atom("unharmed"), "x", other.substr(0, other.size() / 2)).error, rt::LoadError::Badfile);
  EXPECT_EQ(server().load_from_path(atom("unharmed"), OldCode::Refuse).error, rt::LoadError::Nofile);
  EXPECT_EQ(caller.small("unharmed", "value"), 1);
  EXPECT_FALSE(server().has_old_code(atom("unharmed")));
  EXPECT_EQ(load(server(), versioned("unharmed", 2)).report.number, 2u);
}

TEST_F(CodeServerTest, LoadsWhatWasCompiledToABinaryAndPurgesFirst) {
  Caller caller;
  for (int value = 1; value <= 4; ++value) {
    const std::string container = write_container(*read_text(versioned("from_binary", value)));
    const LoadResult result = server().load_binary(atom("from_binary"), "", container);
    ASSERT_TRUE(result.ok()) << result.text;
    EXPECT_EQ(caller.small("from_binary", "value"), value);
  }
}

TEST_F(CodeServerTest, ASetOfModulesIsLoadedAsAWholeOrNotAtAll) {
  Caller caller;
  auto prepare_all = [&](std::initializer_list<std::pair<const char*, int>> modules) {
    std::vector<PreparedModule> prepared;
    for (const auto& [name, value] : modules) {
      prepared.push_back(std::move(server().prepare(read_text(versioned(name, value)), "")).value());
    }
    return prepared;
  };
  for (const LoadResult& result : server().finish(prepare_all({{"set_a", 1}, {"set_b", 1}}), OldCode::Refuse)) {
    EXPECT_TRUE(result.ok());
  }
  load(server(), versioned("set_b", 2));
  const auto refused = server().finish(prepare_all({{"set_a", 3}, {"set_b", 3}}), OldCode::Refuse);
  EXPECT_TRUE(refused[0].ok());
  EXPECT_EQ(refused[1].error, rt::LoadError::NotPurged);
  EXPECT_EQ(caller.small("set_a", "value"), 1);
  EXPECT_EQ(caller.small("set_b", "value"), 2);
}

TEST_F(CodeServerTest, ThreadsLoadDifferentModulesAtOnce) {
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Caller caller;
      const std::string name = fmt::format("parallel_{}", t);
      for (int i = 0; i < 10; ++i) {
        const LoadResult result = load(server(), versioned(name, i), OldCode::Purge);
        if (result.ok() && caller.small(name, "value") == i) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 40);
}

TEST_F(CodeServerTest, AThousandReloadsLeaveMemoryAndMappingsFlat) {
  size_t kb = 0, mappings = 0;
  double commit_ms = 0;
  for (int i = 0; i < 1000; ++i) {
    const LoadResult result = load(server(), versioned("thousand", i % 7), OldCode::Purge);
    ASSERT_TRUE(result.ok()) << result.text;
    commit_ms += result.report.commit_ms;
    if (i == 100) {
      rt::await_literal_collector();
      kb = resident_kb();
      mappings = mapping_count();
    }
  }
  rt::await_literal_collector();
  fmt::print("commit with purge: {:.3f} ms\n", commit_ms / 1000);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // Sanitizers keep what was freed, to find uses of it, and map memory of their own.
  EXPECT_LT(resident_kb(), kb + 4096);
  EXPECT_LE(mapping_count(), mappings + 8);
#endif
  EXPECT_EQ(world.engine->usage().dylibs, rt::live_versions().size());
}

// versioned() with spin/1, which counts down to 0 in a tail loop.
std::string spinning(std::string_view name, int value) {
  return versioned(name, value) + R"(
function spin/1 exported @6 {
b0(%0):
  branch less(%0, 1) b1 b2
b1:
  return done
b2:
  %1 = bif Sub(%0, 1) @6
  tailcall local spin/1(%1) @6
}
)";
}

// Enough for a version to become hot. Chaos has shorter slices and much slower entries.
#if defined(HJ_CHAOS)
constexpr int64_t kSpins = 1'000'000;
#else
constexpr int64_t kSpins = 100'000'000;
#endif

// Runs m:spin/1 until the version has become hot and has its optimized body.
void make_hot(CodeServer& server, std::string_view module) {
  rt::Process* builder = rt::make_bare_process(64);
  const Term args = rt::make_list(*builder, {{Term::from_small(kSpins)}});
  rt::Program program = rt::start_program(atom(module), atom("spin"), args);
  rt::free_bare_process(builder);
  EXPECT_EQ(rt::wait_for_program(program).outcome, rt::ProgramOutcome::Finished);
  server.await_optimizer();
  ASSERT_NE(rt::current_version(atom(module))->fast.load(), nullptr);
}

TEST_F(CodeServerTest, HotVersionsAreOptimizedWhileTheyRun) {
  Caller caller;
  load(server(), spinning("hot", 1));
  const Term fun = caller.call("hot", "make");
  make_hot(server(), "hot");
  const rt::Version& version = *rt::current_version(atom("hot"));
  const rt::FastBody& body = *version.fast.load();
  const auto* entry = static_cast<const char*>(rt::active_address(rt::find_export(atom("hot"), atom("value"), 0)));
  EXPECT_TRUE(entry >= body.begin && entry < body.end);
  EXPECT_EQ(rt::prefix_of(entry).version, &version);
  EXPECT_EQ(caller.small("hot", "value"), 1);
  EXPECT_EQ(caller.call("hot", "call", {fun}).small(), 1);
  EXPECT_EQ(caller.call("hot", "call", {Term::nil()}), atom("raised"));
}

TEST_F(CodeServerTest, ProcessesInOptimizedOldCodeLinger) {
  Caller caller;
  load(server(), spinning("hot_old", 1));
  make_hot(server(), "hot_old");
  const Term fun = caller.call("hot_old", "make");
  rt::Program old = start_staying("hot_old");
  EXPECT_EQ(load(server(), spinning("hot_old", 2)).report.lingering, 1u);
  EXPECT_FALSE(server().soft_purge(atom("hot_old")));
  EXPECT_EQ(caller.call("hot_old", "call", {fun}).small(), 1);
  EXPECT_EQ(server().purge(atom("hot_old")).killed, std::vector<Term>{old.entry});
  EXPECT_EQ(caller.call("hot_old", "call", {fun}), atom("raised"));
  EXPECT_EQ(caller.small("hot_old", "value"), 2);
  rt::wait_for_program(old);
}

TEST_F(CodeServerTest, AVersionThatIsGoneIsNotOptimized) {
  load(server(), spinning("hot_gone", 1));
  const uint64_t id = rt::current_version(atom("hot_gone"))->id;
  load(server(), spinning("hot_gone", 2));
  server().purge(atom("hot_gone"));
  server().optimize(id);
  server().await_optimizer();
  EXPECT_EQ(rt::current_version(atom("hot_gone"))->fast.load(), nullptr);
}

TEST_F(CodeServerTest, FindsModulesOnThePathWhenTheyAreNeeded) {
  const auto directory = std::filesystem::temp_directory_path() / fmt::format("hotjit-path-{}", getpid());
  std::filesystem::create_directories(directory);
  std::ofstream(directory / "on_path.mod") << "-module(on_path).\n-export([value/0]).\nvalue() -> 7.\n";
  std::ofstream(directory / "misnamed.mod") << "-module(other).\n";
  std::ofstream(directory / "broken.mod") << "-module(broken).\nf( ->\n";
  server().path().add_first(directory.string());
  Caller caller;
  const LoadResult result = server().ensure_loaded_report(atom("on_path"));
  EXPECT_TRUE(result.ok()) << result.text;
  EXPECT_EQ(caller.small("on_path", "value"), 7);
  EXPECT_TRUE(server().ensure_loaded_report(atom("on_path")).ok());
  EXPECT_FALSE(server().has_old_code(atom("on_path")));
  EXPECT_EQ(server().ensure_loaded(atom("misnamed")), rt::LoadError::Badfile);
  EXPECT_EQ(server().ensure_loaded(atom("broken")), rt::LoadError::Badfile);
  EXPECT_EQ(server().ensure_loaded(atom("../on_path")), rt::LoadError::Nofile);
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace hj::jit
