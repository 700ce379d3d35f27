// Core text to a version whose code runs in a bare process: no schedulers, no code server.
#include "jit/version_builder.h"

#include <gtest/gtest.h>

#include <ctime>

#include "runtime/arch/entry.h"
#include "runtime/code/code_space.h"
#include "runtime/code/fun_entry.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"

namespace hj::jit {
namespace {

constexpr const char* kFib = R"(module fib_demo
file "fib_demo.erl"
attribute author ["me"]

function fib/1 exported @5 {
b0(%0):
  branch less(%0, 2) b1 b2
b1:
  return %0
b2:
  %1 = bif Sub(%0, 1) @6
  %2 = call local fib/1(%1) @6
  %3 = bif Sub(%0, 2) @6
  %4 = call local fib/1(%3) @6
  %5 = bif Add(%2, %4) @6
  return %5
}

function constants/0 exported @8 {
b0:
  return {ok, "text", [1 | 2], 1.5, 16#AB54A98CEB1F0AD2}
}
)";

Engine& engine() {
  static Engine* shared = [] {
    EXPECT_TRUE(rt::reserve_code_space().ok());
    rt::init_runtime_version();
    auto made = Engine::create();
    EXPECT_TRUE(made.ok());
    return std::move(made).value().release();
  }();
  return *shared;
}

std::shared_ptr<core::Module> read_text(const char* text) {
  engine();
  auto module = std::make_shared<core::Module>();
  core::ReadError error;
  EXPECT_TRUE(core::read_core(text, *module, error)) << error.line << ": " << error.message;
  EXPECT_EQ(core::verify_core(*module), "");
  return module;
}

const rt::FunctionInfo* find_function(const rt::Version& version, std::string_view name) {
  for (const auto& function : version.functions) {
    if (rt::atom_text(function.name) == name) return &function;
  }
  return nullptr;
}

// Runs an exported function to its end on a process of its own; reductions are plenty.
rt::Term run(const rt::Version& version, std::string_view name, rt::Term argument, int64_t reductions) {
  rt::Process* process = rt::make_bare_process(10'000);
  rt::Term x[rt::kXRegisters];
  process->x = x;
  x[0] = argument;
  *--process->sp = rt::Term::from_bits(reinterpret_cast<uint64_t>(&rt::hj_process_done));
  process->resume = find_function(version, name)->entry;
  process->reds = reductions;
  do {
    if (process->reds <= 0) process->reds = reductions;
    rt::hj_enter(process);
  } while (process->leave_reason == rt::LeaveReason::Yield);
  EXPECT_EQ(process->leave_reason, rt::LeaveReason::Exit);
  const rt::Term result = x[0];
  process->x = nullptr;
  rt::free_bare_process(process);
  return result;
}

TEST(Version, RunsAtBothTiers) {
  auto module = read_text(kFib);
  for (Tier tier : {Tier::Quick, Tier::Optimized}) {
    auto compiled = compile_module(engine(), module, tier);
    ASSERT_TRUE(compiled.ok()) << compiled.error().message;
    auto version = build_version(engine(), *compiled, 1);
    ASSERT_TRUE(version.ok()) << version.error().message;
    EXPECT_EQ(run(**version, "fib", rt::Term::from_small(20), INT64_MAX - 1).small(), 6765);
    discard_version(std::move(*version));
  }
  EXPECT_EQ(engine().usage().dylibs, 0u);
}

TEST(Version, YieldsAndGoesOn) {
  auto compiled = compile_module(engine(), read_text(kFib), Tier::Quick);
  ASSERT_TRUE(compiled.ok());
  auto version = build_version(engine(), *compiled, 1);
  ASSERT_TRUE(version.ok());
  EXPECT_EQ(run(**version, "fib", rt::Term::from_small(15), 10).small(), 610);
  discard_version(std::move(*version));
}

TEST(Version, LiteralsStandInTheLiteralRange) {
  auto compiled = compile_module(engine(), read_text(kFib), Tier::Quick);
  ASSERT_TRUE(compiled.ok());
  auto version = build_version(engine(), *compiled, 1);
  ASSERT_TRUE(version.ok());
  const rt::Term tuple = run(**version, "constants", rt::Term::nil(), 100);
  ASSERT_TRUE(tuple.is_tuple());
  EXPECT_TRUE(rt::is_literal_pointer(tuple.boxed()));
  EXPECT_EQ(tuple.tuple_elements()[0], rt::am::ok);
  EXPECT_EQ(tuple.tuple_elements()[1].head().small(), 't');
  EXPECT_EQ(tuple.tuple_elements()[2].tail().small(), 2);
  EXPECT_EQ(tuple.tuple_elements()[3].float_value(), 1.5);
  EXPECT_EQ(tuple.tuple_elements()[4].boxed()[1].bits, 12345678901234567890u);
  discard_version(std::move(*version));
}

TEST(Version, EqualCodeHasEqualFunsAndOtherCodeHasNot) {
  const char* text = R"(module funs
function make/0 exported @1 {
b0:
  %0 = fun '-make/0-fun-0-'/0()
  return %0
}
lambda '-make/0-fun-0-'/0 free 0 index 0 @1 {
b0:
  return 1
}
)";
  const std::string other = std::string(text).replace(std::string(text).find("return 1"), 8, "return 2");
  auto build = [&](const char* core) {
    auto compiled = compile_module(engine(), read_text(core), Tier::Quick);
    EXPECT_TRUE(compiled.ok());
    return std::move(build_version(engine(), *compiled, 1)).value();
  };
  auto first = build(text), again = build(text), changed = build(other.c_str());
  ASSERT_EQ(first->fun_entries.size(), 1u);
  EXPECT_EQ(first->fun_entries[0], again->fun_entries[0]);
  EXPECT_NE(first->fun_entries[0], changed->fun_entries[0]);
  EXPECT_EQ(rt::atom_text(first->fun_entries[0]->function), "-make/0-fun-0-");
  for (auto* version : {&first, &again, &changed}) discard_version(std::move(*version));
}

TEST(Version, DefaultVsnIsTheHashAsAnInteger) {
  auto module = read_text(kFib);
  const std::string hash = core::code_hash(*module);
  add_default_vsn(*module);
  EXPECT_EQ(core::code_hash(*module), hash);
  ASSERT_EQ(module->attributes.size(), 2u);
  add_default_vsn(*module);
  EXPECT_EQ(module->attributes.size(), 2u);
}

double thread_cpu_ms() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Not limits but numbers to read.
TEST(Version, ReportsWhatLoadingCosts) {
  std::string large = "module large\nfile \"large.erl\"\n";
  for (int i = 0; i < 100; ++i) {
    large += fmt::format(
        "function f{0}/1 exported @1 {{\nb0(%0):\n  branch less(%0, 2) b1 b2\nb1:\n  return %0\nb2:\n"
        "  %1 = bif Sub(%0, {0}) @1\n  %2 = call local f{1}/1(%1) @1\n  %3 = bif Add(%2, %1) @1\n  return %3\n}}\n",
        i, (i + 1) % 100);
  }
  for (const char* text : {kFib, large.c_str()}) {
    auto module = read_text(text);
    for (Tier tier : {Tier::Quick, Tier::Optimized}) {
      const double begin = thread_cpu_ms();
      auto compiled = compile_module(engine(), module, tier);
      ASSERT_TRUE(compiled.ok());
      const double compiled_at = thread_cpu_ms();
      auto version = build_version(engine(), *compiled, 1);
      ASSERT_TRUE(version.ok());
      fmt::print("{} functions, tier {}: compile {:.2f} ms, build {:.2f} ms of processor time\n",
                 module->functions.size(), tier == Tier::Quick ? 0 : 2, compiled_at - begin, thread_cpu_ms() - compiled_at);
      discard_version(std::move(*version));
    }
  }
}

}  // namespace
}  // namespace hj::jit
