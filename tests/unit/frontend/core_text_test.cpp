#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "frontend/core/core.h"

namespace hj::core {

static std::string dump(const Module& module) {
  std::ostringstream out;
  dump_core(module, out);
  return out.str();
}

static std::string read_again(const std::string& text) {
  Module module;
  ReadError error;
  if (!read_core(text, module, error)) return fmt::format("line {}: {}", error.line, error.message);
  std::string broken = verify_core(module);
  return broken.empty() ? dump(module) : broken;
}

// The example of core_dump.cpp.
static const char* const kDemo = R"(module demo
file "demo.erl"
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

function loop/1 @8 {
b0(%0):
  jump b1
b1:
  recv_next %1 b2 b6
b2:
  branch tagged_tuple 2(%1, add) b3 b4
b3:
  %2 = element 1(%1)
  recv_accept
  %3 = bif Add(%0, %2) @10
  tailcall local loop/1(%3) @10
b4:
  branch exact_equal(%1, stop) b5 b7
b5:
  recv_accept
  return %0
b6:
  recv_wait_timeout(5000) b1 b8 @12
b7:
  recv_reject
  jump b1
b8:
  return timeout
}

function safe/1 exported @15 {
b0(%0):
  trycall %1 = '-safe/1-try-0-'/1(%0) b1 b2 @16
b1:
  return %1
b2(%2, %3, %4):
  switch %2 [error: b3, _: b4]
b3:
  %5 = build_stacktrace(%4)
  %6 = tuple(%3, %5)
  return %6
b4:
  reraise(%2, %3, %4) @15
}

trybody '-safe/1-try-0-'/1 as safe/1 @15 {
b0(%0):
  %1 = call remote lists:sum(%0) @16
  return %1
}
)";

TEST(CoreText, TheDocumentedExampleIsReadVerifiedAndWrittenUnchanged) { EXPECT_EQ(read_again(kDemo), kDemo); }

TEST(CoreText, EveryKindOfLiteralSurvives) {
  const char* text = R"(module 'Odd name'
source "/a b/\x{ff}.erl"
compile options []

function f/0 {
b0:
  %0 = tuple(-5, 16#ffffffffffffffffff, -16#ffffffffffffffffff, 1.5, 1e+100, 2.0, ok, 'A b\'c', 'end', [], [a, b | c], [a | "bc"], "s\n\x{3b1}\"", {}, {1, {x}}, fun lists:map/2)
  return %0
}
)";
  EXPECT_EQ(read_again(text), text);
}

TEST(CoreText, EveryInstructionAndTerminatorSurvives) {
  const char* text = R"(module m
file "a.erl"
file "b.hrl"
on_load f/2

function f/2 @1:3 {
b0(%0:integer, %1):
  %2:cons = cons(%0, [])
  %3 = hd(%2)
  %4 = tl(%2)
  %5:fun = fun '-f/2-fun-0-'/2(%3)
  %6 = call fun(%5, %4) @4
  %7 = call dynamic(lists, %6) @1:5~'-f/2-fun-0-'/2<@7
  switch %7 [1: b1(%7), a: b2, _: b3]
b1(%8):
  trybif %9 = Hd(%8) b4(%9) b2
b2:
  raise function_clause(%0, %1) @4
b3:
  switch_arity %7 [2: b2, _: b5]
b4(%10):
  branch tuple_of_size 3(%10) b2 b3
b5:
  tailcall remote m:f(%0, %1) @9
}

lambda '-f/2-fun-0-'/2 free 1 index 0 @3 {
b0(%0, %1):
  %2:boolean = bif IsAtom(%0)
  unreachable
}
)";
  EXPECT_EQ(read_again(text), text);
}

TEST(CoreText, EqualConstantsAreOneLiteral) {
  Module module;
  LiteralId b = module.integer('b');
  LiteralId ab[] = {module.integer('a'), b};
  LiteralId one = module.list(ab, module.nil());
  LiteralId rest[] = {b};
  LiteralId first[] = {ab[0]};
  EXPECT_EQ(one, module.list(first, module.list(rest, module.nil())));
  EXPECT_EQ(module.atom("x"), module.atom("x"));
  EXPECT_NE(module.literal({.kind = LiteralKind::Float, .number = 0.0}),
            module.literal({.kind = LiteralKind::Float, .number = -0.0}));
}

TEST(CoreText, AMistakeIsReportedWithItsLine) {
  Module module;
  ReadError error;
  EXPECT_FALSE(read_core("module m\n\nfunction f/0 {\nb0:\n  retrun ok\n}\n", module, error));
  EXPECT_EQ(error.line, 5u);
  EXPECT_EQ(error.message, "unknown terminator 'retrun'");
}

TEST(CodeHash, LinesAndAttributesAreNotPartOfTheIdentity) {
  Module a, b, c;
  ReadError error;
  std::string text = kDemo;
  ASSERT_TRUE(read_core(text, a, error));
  std::string moved = text;
  for (size_t at; (at = moved.find(" @6")) != std::string::npos;) moved.replace(at, 3, " @77");
  moved.replace(moved.find("[\"me\"]"), 6, "[you]");
  ASSERT_TRUE(read_core(moved, b, error)) << error.message;
  std::string changed = text;
  changed.replace(changed.find("%0, 2)"), 6, "%0, 3)");
  ASSERT_TRUE(read_core(changed, c, error));
  EXPECT_EQ(code_hash(a).size(), 16u);
  EXPECT_EQ(code_hash(a), code_hash(b));
  EXPECT_NE(code_hash(a), code_hash(c));
}

}  // namespace hj::core
