// Random Core: what compiled code answers is what an interpreter answers, at both tiers, collecting at every chance.
//
// A failure prints its seed; HOTJIT_SEED=<seed> runs that one alone, HOTJIT_MODULES=<count> more of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "core_interpreter.h"
#include "jit/version_builder.h"
#include "random_core.h"
#include "runtime/arch/entry.h"
#include "runtime/code/code_space.h"
#include "runtime/code/fun_entry.h"
#include "runtime/process/process.h"
#include "runtime/term/print.h"

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

std::string text_of(const core::Module& module) {
  std::ostringstream out;
  core::dump_core(module, out);
  return out.str();
}

void append_term(std::string& out, rt::Term term) {
  if (term.is_cons()) {
    out += "[";
    append_term(out, term.head());
    for (term = term.tail(); term.is_cons(); term = term.tail()) {
      out += ",";
      append_term(out, term.head());
    }
    if (!term.is_nil()) {
      out += "|";
      append_term(out, term);
    }
    out += "]";
  } else if (term.is_tuple()) {
    out += "{";
    for (uint64_t i = 0; i < term.tuple_size(); ++i) {
      if (i > 0) out += ",";
      append_term(out, term.tuple_elements()[i]);
    }
    out += "}";
  } else if (term.is_fun()) {
    out += "fun";
  } else {
    rt::write_term(out, term, rt::Encoding::Unicode);
  }
}

// What main/0 answers, as text. Few reductions and words: it yields and collects all the time.
std::string run_main(const rt::Version& version, int64_t reductions) {
  rt::Process* process = rt::make_bare_process(64);
  process->chaos_collect = 1;
  rt::Term x[rt::kXRegisters];
  process->x = x;
  *--process->sp = rt::Term::from_bits(reinterpret_cast<uint64_t>(&rt::hj_process_done));
  for (const auto& function : version.functions) {
    if (function.exported) process->resume = function.entry;
  }
  process->reds = reductions;
  do {
    if (process->reds <= 0) process->reds = reductions;
    rt::hj_enter(process);
  } while (process->leave_reason == rt::LeaveReason::Yield);
  std::string text;
  append_term(text, x[0]);
  process->x = nullptr;
  rt::free_bare_process(process);
  return text;
}

void point_funs_at(const rt::Version& version) {
  for (size_t i = 0; i < version.fun_entries.size(); ++i) {
    version.fun_entries[i]->code.store(version.fun_codes[i], std::memory_order_release);
  }
}

struct Tally {
  uint64_t modules = 0;
  uint64_t unanswered = 0;   // ran too long
  uint64_t values = 0;       // functions that answered {ok, Value}
  uint64_t exceptions = 0;   // functions that answered {raised, ...}
};

void compare(uint64_t seed, const core::RandomShape& shape, Tally& tally) {
  SCOPED_TRACE(fmt::format("replay with HOTJIT_SEED={}", seed));
  auto module = std::make_shared<core::Module>(core::random_module(seed, shape));
  ASSERT_EQ(core::verify_core(*module), "");
  const auto expected = core::Interpreter(*module).run(core::FunctionId{module->functions.size() - 1}, {});
  ++tally.modules;
  if (!expected) ++tally.unanswered;
  for (const auto& answer : expected ? expected->value->parts : std::vector<core::DatumPtr>{}) {
    ++(answer->parts[0]->atom == "ok" ? tally.values : tally.exceptions);
  }
  if (std::getenv("HOTJIT_SEED") != nullptr) fmt::print("{}\n", text_of(*module));
  for (Tier tier : {Tier::Quick, Tier::Optimized}) {
    auto compiled = compile_module(engine(), module, tier);
    ASSERT_TRUE(compiled.ok()) << compiled.error().message;
    auto version = build_version(engine(), *compiled, 1);
    ASSERT_TRUE(version.ok()) << version.error().message;
    point_funs_at(**version);
    if (expected) {
      EXPECT_EQ(run_main(**version, tier == Tier::Quick ? 3 : 1000), core::to_text(*expected->value));
    }
    discard_version(std::move(*version));
  }
}

void compare_many(uint64_t first, uint64_t count, const core::RandomShape& shape) {
  engine();
  Tally tally;
  if (const char* seed = std::getenv("HOTJIT_SEED")) return compare(std::strtoull(seed, nullptr, 10), shape, tally);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  // Ten times as slow there.
  count /= 4;
#endif
  if (const char* more = std::getenv("HOTJIT_MODULES")) count = std::strtoull(more, nullptr, 10);
  for (uint64_t seed = first; seed < first + count && !testing::Test::HasFailure(); ++seed) compare(seed, shape, tally);
  fmt::print("{} modules ({} ran too long): {} values, {} exceptions\n", tally.modules, tally.unanswered, tally.values,
             tally.exceptions);
  EXPECT_LT(tally.unanswered, tally.modules / 2);
  EXPECT_GT(tally.values, tally.exceptions / 2);
  EXPECT_GT(tally.exceptions, tally.values / 20);
}

TEST(CodegenRandom, SmallModules) { compare_many(1, 200, {.functions = 4, .max_arity = 3, .depth = 2, .instrs = 3}); }
TEST(CodegenRandom, ManyArgumentsAndSlots) { compare_many(1000, 60, {.functions = 6, .max_arity = 20, .depth = 3, .instrs = 8}); }
TEST(CodegenRandom, DeepBranches) { compare_many(2000, 20, {.functions = 5, .max_arity = 6, .depth = 5, .instrs = 3}); }

}  // namespace
}  // namespace hj::jit
