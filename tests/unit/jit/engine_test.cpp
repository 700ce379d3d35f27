// The engine alone: IR text to running code, without a code generator and without processes.
#include "jit/engine.h"

#include <gtest/gtest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "runtime/code/code_space.h"

namespace hj::jit {
namespace {

Engine& engine() {
  static Engine* shared = [] {
    EXPECT_TRUE(rt::reserve_code_space().ok());
    auto made = Engine::create();
    EXPECT_TRUE(made.ok());
    return std::move(made).value().release();
  }();
  return *shared;
}

Result<ObjectCode> compile_text(const std::string& ir, Tier tier) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic diagnostic;
  auto module = llvm::parseAssemblyString(ir, diagnostic, context);
  if (module == nullptr) return Error{diagnostic.getMessage().str()};
  engine().prepare(*module);
  return engine().compile(*module, tier);
}

// Functions 0..count-1, each adding its number to what `step` returns.
std::string module_text(int count) {
  std::string ir = "declare i64 @step(i64)\n";
  std::string table;
  for (int i = 0; i < count; ++i) {
    ir += fmt::format(
        "define internal i64 @f{0}(i64 %x) align 16 prefix {{ ptr, i32, i32 }} {{ ptr @version, i32 {0}, i32 7 }} {{\n"
        "  %s = call i64 @step(i64 %x)\n  %r = add i64 %s, {0}\n  ret i64 %r\n}}\n",
        i);
    table += fmt::format("{}ptr @f{}", i == 0 ? "" : ", ", i);
  }
  ir += "@version = external global i8\n";
  ir += fmt::format("@hj_entries = constant [{} x ptr] [{}]\n", count, table);
  return ir;
}

extern "C" int64_t engine_test_step(int64_t x) { return x * 2; }

char version_place;
const std::vector<SymbolAddress> kSymbols = {
    {"step", reinterpret_cast<uint64_t>(&engine_test_step)},
    {"version", reinterpret_cast<uint64_t>(&version_place)},
};

int64_t call(rt::Code entry, int64_t x) { return reinterpret_cast<int64_t (*)(int64_t)>(const_cast<void*>(entry))(x); }

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

double ms_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

TEST(Engine, CompilesAndLinksAtBothTiers) {
  for (Tier tier : {Tier::Quick, Tier::Optimized}) {
    auto object = compile_text(module_text(3), tier);
    ASSERT_TRUE(object.ok()) << object.error().message;
    auto code = engine().link("m@1", *object, kSymbols);
    ASSERT_TRUE(code.ok()) << code.error().message;
    const rt::Code* entries = (*code)->entries();
    EXPECT_EQ(call(entries[0], 21), 42);
    EXPECT_EQ(call(entries[2], 10), 22);
    EXPECT_LE((*code)->begin(), static_cast<const char*>(entries[0]));
    EXPECT_GT((*code)->end(), static_cast<const char*>(entries[2]));
  }
  EXPECT_EQ(engine().usage().dylibs, 0u);
  EXPECT_EQ(engine().usage().code_bytes, 0u);
}

TEST(Engine, KeepsEntriesAlignedWithTheirPrefixInFront) {
  auto object = compile_text(module_text(5), Tier::Quick);
  ASSERT_TRUE(object.ok());
  auto code = engine().link("m@1", *object, kSymbols);
  ASSERT_TRUE(code.ok());
  for (uint32_t i = 0; i < 5; ++i) {
    rt::Code entry = (*code)->entries()[i];
    EXPECT_EQ(reinterpret_cast<uint64_t>(entry) % 16, 0u);
    EXPECT_EQ(static_cast<const void*>(rt::prefix_of(entry).version), &version_place);
    EXPECT_EQ(rt::prefix_of(entry).descriptor, i);
    EXPECT_EQ(rt::prefix_of(entry).site, 7u);
  }
}

TEST(Engine, MissingSymbolsAreAnErrorThatNamesThem) {
  auto object = compile_text(module_text(1), Tier::Quick);
  ASSERT_TRUE(object.ok());
  auto code = engine().link("m@1", *object, std::span(kSymbols).first(1));
  ASSERT_FALSE(code.ok());
  EXPECT_EQ(code.error().message, "cannot link m@1: undefined symbols version");
  EXPECT_EQ(engine().usage().dylibs, 0u);
}

TEST(Engine, AnObjectWithoutEntriesIsAnError) {
  auto object = compile_text("define i64 @f() { ret i64 1 }\n", Tier::Quick);
  ASSERT_TRUE(object.ok());
  auto code = engine().link("m@1", *object, {});
  ASSERT_FALSE(code.ok());
  EXPECT_NE(code.error().message.find("hj_entries"), std::string::npos) << code.error().message;
  EXPECT_EQ(engine().usage().dylibs, 0u);
  EXPECT_EQ(engine().usage().code_bytes, 0u);
}

TEST(Engine, WritableDataAreRefused) {
  auto object = compile_text("@hj_entries = global [4096 x i64] zeroinitializer\n", Tier::Quick);
  ASSERT_TRUE(object.ok());
  auto code = engine().link("m@1", *object, {});
  ASSERT_FALSE(code.ok());
  EXPECT_NE(code.error().message.find("CM2"), std::string::npos) << code.error().message;
}

TEST(Engine, GarbageInsteadOfAnObjectIsAnError) {
  EXPECT_FALSE(engine().link("m@1", ObjectCode::copy_of("not an object"), {}).ok());
  EXPECT_FALSE(engine().link("m@1", ObjectCode::copy_of(""), {}).ok());
}

// An indirect tail call that needs one register more than there are: LLVM reports it through the context.
TEST(Engine, IrThatLlvmRefusesIsAnError) {
  std::string parameters, arguments;
  for (int i = 0; i < 12; ++i) {
    parameters += fmt::format("{}i64 %x{}", i == 0 ? "" : ", ", i);
    arguments += fmt::format("{}i64 %x{}", i == 0 ? "" : ", ", (i + 1) % 12);
  }
  auto object = compile_text(
      fmt::format("define preserve_nonecc void @f({}) {{\n  %p = inttoptr i64 %x3 to ptr\n  %t = load ptr, ptr %p\n"
                  "  musttail call preserve_nonecc void %t({})\n  ret void\n}}\n",
                  parameters, arguments),
      Tier::Quick);
  ASSERT_FALSE(object.ok());
  EXPECT_NE(object.error().message.find("LLVM refuses"), std::string::npos) << object.error().message;
}

TEST(Engine, FiveThousandVersionsLeaveMemoryAndMappingsFlat) {
  auto object = compile_text(module_text(10), Tier::Quick);
  ASSERT_TRUE(object.ok());
  auto make = [&](int number) {
    auto code = engine().link(fmt::format("m@{}", number), *object, kSymbols);
    ASSERT_TRUE(code.ok()) << code.error().message;
    ASSERT_EQ(call((*code)->entries()[9], 1), 11);
  };
  for (int i = 0; i < 500; ++i) make(i);
  const size_t kb = resident_kb();
  const size_t mappings = mapping_count();
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 500; i < 5000; ++i) make(i);
  fmt::print("link and remove: {:.3f} ms\n", ms_since(begin) / 4500);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // Sanitizers keep what was freed, to find uses of it.
  EXPECT_LT(resident_kb(), kb + 2048);
#endif
  EXPECT_LE(mapping_count(), mappings + 4);
  EXPECT_EQ(engine().usage().dylibs, 0u);
}

TEST(Engine, ThreadsCompileAndLinkAtOnce) {
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        auto object = compile_text(module_text(4), i % 5 == 0 ? Tier::Optimized : Tier::Quick);
        if (!object) continue;
        auto code = engine().link(fmt::format("m{}@{}", t, i), *object, kSymbols);
        if (code.ok() && call((*code)->entries()[3], 2) == 7) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 100);
  EXPECT_EQ(engine().usage().dylibs, 0u);
}

// Not a limit but a number to read: what one module costs.
TEST(Engine, ReportsWhatCompilingCosts) {
  const auto set_up = std::chrono::steady_clock::now();
  auto second = Engine::create();
  ASSERT_TRUE(second.ok());
  fmt::print("session set-up: {:.2f} ms\n", ms_since(set_up));
  for (Tier tier : {Tier::Quick, Tier::Optimized}) {
    for (int count : {5, 100}) {
      double best_compile = 1e9, best_link = 1e9;
      for (int round = 0; round < 3; ++round) {
        auto begin = std::chrono::steady_clock::now();
        auto object = compile_text(module_text(count), tier);
        best_compile = std::min(best_compile, ms_since(begin));
        ASSERT_TRUE(object.ok());
        begin = std::chrono::steady_clock::now();
        auto code = engine().link("m@1", *object, kSymbols);
        best_link = std::min(best_link, ms_since(begin));
        ASSERT_TRUE(code.ok());
      }
      fmt::print("tier {} {} functions: compile {:.2f} ms, link {:.2f} ms\n", tier == Tier::Quick ? 0 : 2, count,
                 best_compile, best_link);
    }
  }
}

}  // namespace
}  // namespace hj::jit
