// Functions of a size nobody writes by hand: they must compile, in a time that grows with their size, and run.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ctime>

#include "jit/version_builder.h"
#include "runtime/arch/entry.h"
#include "runtime/code/code_space.h"
#include "runtime/code/fun_entry.h"
#include "runtime/process/process.h"

namespace hj::jit {
namespace {

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

double thread_cpu_ms() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Calls the module's exported function with a small integer at both tiers; both answers must be the expected one.
void expect_answer(const std::string& functions, int64_t argument, int64_t expected) {
  engine();
  auto module = std::make_shared<core::Module>();
  core::ReadError error;
  ASSERT_TRUE(core::read_core("module limits\nfile \"limits.erl\"\n" + functions, *module, error))
      << error.line << ": " << error.message;
  ASSERT_EQ(core::verify_core(*module), "");
  for (Tier tier : {Tier::Quick, Tier::Optimized}) {
    const double begin = thread_cpu_ms();
    auto compiled = compile_module(engine(), module, tier);
    ASSERT_TRUE(compiled.ok()) << compiled.error().message;
    fmt::print("tier {}: {:.0f} ms of processor time\n", tier == Tier::Quick ? 0 : 2, thread_cpu_ms() - begin);
    auto built = build_version(engine(), *compiled, 1);
    ASSERT_TRUE(built.ok()) << built.error().message;
    auto version = std::move(*built);
    for (size_t i = 0; i < version->fun_entries.size(); ++i) version->fun_entries[i]->code = version->fun_codes[i];

    rt::Process* process = rt::make_bare_process(64);
    rt::Term x[rt::kXRegisters];
    process->x = x;
    x[0] = rt::Term::from_small(argument);
    *--process->sp = rt::Term::from_bits(reinterpret_cast<uint64_t>(&rt::hj_process_done));
    for (const auto& function : version->functions) {
      if (function.exported) process->resume = function.entry;
    }
    do {
      process->reds = 100;
      rt::hj_enter(process);
    } while (process->leave_reason == rt::LeaveReason::Yield);
    EXPECT_EQ(x[0].small(), expected);
    process->x = nullptr;
    rt::free_bare_process(process);
    discard_version(std::move(version));
  }
}

std::string numbered(const char* each, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + fmt::format(fmt::runtime(each), i);
  return text;
}

TEST(CodegenLimits, TenThousandClauses) {
  std::string core = "function f/1 exported @1 {\nb0(%0):\n  switch %0 [";
  for (int i = 0; i < 10'000; ++i) core += fmt::format("{}: b{}, ", i * 7, i + 1);
  core += "_: b10001]\n";
  for (int i = 0; i < 10'000; ++i) core += fmt::format("b{}:\n  return {}\n", i + 1, i + 3);
  core += "b10001:\n  return -1\n}\n";
  expect_answer(core, 7 * 9'876, 9'879);
}

TEST(CodegenLimits, AChainOfThousandsOfTests) {
  std::string core = "function f/1 exported @1 {\n";
  for (int i = 0; i < 3'000; ++i) {
    core += fmt::format("b{}{}:\n  branch less(%0, {}) b{} b{}\n", 2 * i, i == 0 ? "(%0)" : "", i, 2 * i + 1, 2 * i + 2);
    core += fmt::format("b{}:\n  return {}\n", 2 * i + 1, i * 2);
  }
  core += "b6000:\n  return -1\n}\n";
  expect_answer(core, 2'500, 5'002);
}

TEST(CodegenLimits, ThousandsOfValuesLiveAcrossCalls) {
  constexpr int kValues = 2'000;
  std::string core = "function id/1 @1 {\nb0(%0):\n  return %0\n}\nfunction f/1 exported @1 {\nb0(%0):\n";
  for (int i = 1; i <= kValues; ++i) core += fmt::format("  %{} = bif Add(%{}, 1) @1\n", i, i - 1);
  core += fmt::format("  %{} = call local id/1(%0) @1\n", kValues + 1);
  int sum = kValues + 1;
  for (int i = 1; i <= kValues; ++i, ++sum) core += fmt::format("  %{} = bif Add(%{}, %{}) @1\n", sum + 1, sum, i);
  core += fmt::format("  return %{}\n}}\n", sum);
  expect_answer(core, 5, 5 + 5 * kValues + kValues * (kValues + 1) / 2);
}

TEST(CodegenLimits, TwoHundredAndFiftyFiveArguments) {
  // rotate(N, A1 .. A254): N times rotated, then A1.
  std::string core = "function rotate/255 @1 {\nb0(" + numbered("%{}", 255) + R"():
  branch less(%0, 1) b1 b2
b1:
  return %1
b2:
  %255 = bif Sub(%0, 1) @1
  tailcall local rotate/255(%255, )";
  for (int i = 2; i < 255; ++i) core += fmt::format("%{}, ", i);
  core += "%1) @1\n}\nfunction f/1 exported @1 {\nb0(%0):\n  %1 = call local rotate/255(%0, " + numbered("{}", 254) +
          ") @1\n  return %1\n}\n";
  expect_answer(core, 100'000, 100'000 % 254);
}

TEST(CodegenLimits, AFunOf255ArgumentsAndMore) {
  std::string core = "function f/1 exported @1 {\nb0(%0):\n  %1 = fun '-f/1-fun-0-'/257(%0, 1000)\n  %2 = call fun(%1, " +
                     numbered("{}", 255) + ") @1\n  return %2\n}\nlambda '-f/1-fun-0-'/257 free 2 index 0 @1 {\nb0(" +
                     numbered("%{}", 257) +
                     "):\n  %257 = bif Add(%254, %255) @1\n  %258 = bif Add(%257, %256) @1\n  return %258\n}\n";
  expect_answer(core, 7, 254 + 7 + 1000);
}

TEST(CodegenLimits, ATryBodyWithHundredsOfVariables) {
  constexpr int kValues = 600;
  std::string core = "trybody body/" + std::to_string(kValues) + " as f/1 @1 {\nb0(" + numbered("%{}", kValues) + "):\n";
  for (int i = 1; i < kValues; ++i) {
    core += fmt::format("  %{} = bif Add(%{}, %{}) @1\n", kValues + i - 1, i == 1 ? 0 : kValues + i - 2, i);
  }
  core += fmt::format("  return %{}\n}}\nfunction f/1 exported @1 {{\nb0(%0):\n", 2 * kValues - 2);
  for (int i = 1; i < kValues; ++i) core += fmt::format("  %{} = bif Add(%{}, 1) @1\n", i, i - 1);
  core += fmt::format("  trycall %{} = body/{}({}) b1 b2 @1\nb1:\n  return %{}\n", kValues, kValues,
                      numbered("%{}", kValues), kValues);
  core += fmt::format("b2(%{}, %{}, %{}):\n  return -1\n}}\n", kValues + 1, kValues + 2, kValues + 3);
  expect_answer(core, 3, kValues * 3 + kValues * (kValues - 1) / 2);
}

TEST(CodegenLimits, HundredsOfValuesReachASharedBlock) {
  constexpr int kValues = 500;
  std::string core = "function id/1 @1 {\nb0(%0):\n  return %0\n}\nfunction f/1 exported @1 {\nb0(%0):\n";
  for (int i = 1; i < kValues; ++i) core += fmt::format("  %{} = bif Add(%{}, 1) @1\n", i, i - 1);
  core += fmt::format("  branch less(%0, 10) b1 b2\nb1:\n  %{0} = call local id/1(1) @1\n  jump b3(%{0})\n", kValues);
  core += fmt::format("b2:\n  jump b3(2)\nb3(%{}):\n", kValues + 1);
  int sum = kValues + 1;
  for (int i = 0; i < kValues; ++i, ++sum) core += fmt::format("  %{} = bif Add(%{}, %{}) @1\n", sum + 1, sum, i);
  core += fmt::format("  %{} = call local id/1(%{}) @1\n  return %{}\n}}\n", sum + 1, sum, sum + 1);
  const int64_t rest = kValues * (kValues - 1) / 2;
  expect_answer(core, 3, 1 + 3 * kValues + rest);
  expect_answer(core, 20, 2 + 20 * kValues + rest);
}

}  // namespace
}  // namespace hj::jit
