// The plan as text: where functions are cut, what their frames hold, where room is checked.
#include "jit/codegen/plan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

namespace hj::codegen {
namespace {

const rt::NativeEntry kLength{"erlang", "length", 1, rt::NativeKind::Leaf, false, nullptr, "length"};

const rt::NativeEntry* find_native(std::string_view module, std::string_view function, uint32_t arity) {
  return module == "erlang" && function == "length" && arity == 1 ? &kLength : nullptr;
}

// The plan of a module's functions, as dump_plan writes it.
std::string plan_of(const std::string& functions) {
  core::Module module;
  core::ReadError error;
  if (!core::read_core("module m\nfile \"m.erl\"\n" + functions, module, error)) {
    return fmt::format("line {}: {}", error.line, error.message);
  }
  if (std::string broken = core::verify_core(module); !broken.empty()) return broken;
  NativeLookup natives(module, find_native);
  std::ostringstream out;
  dump_plan(module, plan_module(module, natives), out);
  return "\n" + out.str();
}

TEST(CodegenPlan, EachCallCutsAndSlotsAreReusedByWhoComesLater) {
  EXPECT_EQ(plan_of(R"(
function fib/1 @1 {
b0(%0):
  branch less(%0, 2) b1 b2
b1:
  return %0
b2:
  %1 = bif Sub(%0, 1) @1
  %2 = call local fib/1(%1) @1
  %3 = bif Sub(%0, 2) @1
  %4 = call local fib/1(%3) @1
  %5 = bif Add(%2, %4) @1
  return %5
}
)"), R"(
fib/1
  e0 function counted live 1 (%0) need 2
    n0 b0 n1 n2
    n1 b1
    n2 b2 instrs 0..0 check 2 push [2 %0@0] return e1
  e1 continuation live 1 frame [2 %0@0]
    n3 b2 from call instrs 2..2 push [2 %2@0] return e2
  e2 continuation live 1 frame [2 %2@0]
    n4 b2 from call instrs 4..4
)");
}

TEST(CodegenPlan, ANativeLeafDoesNotCut) {
  EXPECT_EQ(plan_of(R"(
function f/1 @1 {
b0(%0):
  %1 = call remote erlang:length(%0) @1
  %2 = cons(%1, %0)
  return %2
}
)"), R"(
f/1
  e0 function counted live 1 (%0) need 2
    n0 b0 instrs 0..1 check 2
)");
}

TEST(CodegenPlan, BlocksOfSeveralSegmentsBecomeEntriesAndSmallLeavesAreRepeated) {
  EXPECT_EQ(plan_of(R"(
function g/1 @1 {
b0(%0):
  return %0
}
function shared/2 @1 {
b0(%0, %1):
  branch is_atom(%0) b1 b2
b1:
  %2 = call local g/1(%0) @1
  jump b3(%2)
b2:
  jump b3(%1)
b3(%3):
  %4 = tuple(%3, %1)
  %5 = call local g/1(%4) @1
  return %5
}
function leaf/1 @1 {
b0(%0):
  branch is_atom(%0) b1 b2
b1:
  %1 = call local g/1(%0) @1
  jump b3(%1)
b2:
  jump b3(%0)
b3(%2):
  %3 = tuple(ok, %2)
  return %3
}
)"), R"(
g/1
  e0 function counted live 1 (%0)
    n0 b0

shared/2
  e1 function counted live 2 (%0 %1) need 2
    n0 b0 n1 n3
    n1 b1 check 2 push [2 %1@0] return e2
    n3 b2 e3
  e2 continuation live 1 frame [2 %1@0]
    n2 b1 from call e3
  e3 block live 2 (%3 %1) need 4
    n4 b3 instrs 0..0 check 4 push [1] return e4
  e4 continuation live 1 frame [1]
    n5 b3 from call

leaf/1
  e5 function counted live 1 (%0) need 3
    n0 b0 check 3 n1 n3
    n1 b1 push [1] return e6
    n3 b2 n4
    n4 b3 instrs 0..0
  e6 continuation live 1 need 3 frame [1]
    n2 b1 from call check 3 n4
    n4 b3 instrs 0..0
)");
}

TEST(CodegenPlan, ATryHasOneFrameForBothWaysOut) {
  EXPECT_EQ(plan_of(R"(
trybody body/1 as f/2 @1 {
b0(%0):
  %1 = call remote m:g(%0) @1
  return %1
}
function f/2 @1 {
b0(%0, %1):
  trycall %2 = body/1(%0) b1 b2 @1
b1:
  %3 = tuple(%2, %0)
  return %3
b2(%4, %5, %6):
  %7 = tuple(%5, %1)
  return %7
}
)"), R"(
body/1
  e0 function live 1 (%0) need 1
    n0 b0 check 1 push [1] return e1
  e1 continuation live 1 frame [1]
    n1 b0 from call

f/2
  e2 function counted live 2 (%0 %1) need 3
    n0 b0 check 3 push [3 %0@0 %1@1] return e3 handler e4
  e3 continuation live 1 need 3 frame [3 %0@0 %1@1] handler e4
    n1 b0 from try check 3 n3
    n3 b1 instrs 0..0
  e4 handler live 3 need 3 frame [3 %0@0 %1@1]
    n2 b0 from exception check 3 n4
    n4 b2 instrs 0..0
)");
}

TEST(CodegenPlan, AReceiveLoopIsAnEntryOfItsOwn) {
  EXPECT_EQ(plan_of(R"(
function loop/1 @1 {
b0(%0):
  jump b1
b1:
  recv_next %1 b2 b4
b2:
  branch is_atom(%1) b3 b5
b3:
  recv_accept
  return %0
b4:
  recv_wait b1
b5:
  recv_reject
  jump b1
}
)"), R"(
loop/1
  e0 function counted live 1 (%0)
    n0 b0 e1
  e1 block counted live 1 (%0)
    n1 b1 n2 n4
    n2 b2 n3 n5
    n3 b3 instrs 0..0
    n5 b5 instrs 0..0 e1
    n4 b4 e1
)");
}

TEST(CodegenPlan, ManyValuesReachASharedBlockInAFrame) {
  std::string core = "function g/1 @1 {\nb0(%0):\n  return %0\n}\nfunction f/8 @1 {\nb0(";
  for (int i = 0; i < 8; ++i) core += fmt::format("{}%{}", i > 0 ? ", " : "", i);
  core += R"():
  branch is_atom(%0) b1 b2
b1:
  %8 = call local g/1(%0) @1
  jump b3(%8)
b2:
  jump b3(%1)
b3(%9):
  %10 = tuple(%0, %1, %2, %3, %4, %5, %6, %7, %9)
  %11 = call local g/1(%10) @1
  return %11
}
)";
  const std::string plan = plan_of(core);
  EXPECT_NE(plan.find("e3 continuation jumped_to live 0 need 10 frame [10 "), std::string::npos) << plan;
}

}  // namespace
}  // namespace hj::codegen
