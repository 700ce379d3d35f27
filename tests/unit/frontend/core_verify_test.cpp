#include <fmt/format.h>
#include <gtest/gtest.h>

#include "frontend/core/core.h"

namespace hj::core {

// The verdict on one function's body.
static std::string verdict(std::string_view body, std::string_view head = "function f/1") {
  Module module;
  ReadError error;
  std::string text = fmt::format(
      "module m\n\n{} {{\n{}}}\n\ntrybody t/0 as g/0 {{\nb0:\n  return ok\n}}\n"
      "function g/0 {{\nb0:\n  return ok\n}}\n",
      head, body);
  if (!read_core(text, module, error)) return fmt::format("line {}: {}", error.line, error.message);
  return verify_core(module);
}

TEST(CoreVerify, C1_TheEntryHasTheParametersAndNoPredecessors) {
  EXPECT_EQ(verdict("b0:\n  return ok\n"), "f/1 b0: C1: parameters of the entry");
  EXPECT_EQ(verdict("b0(%0):\n  jump b0(%0)\n"), "f/1 b0: C1: an edge leads to the entry");
}

TEST(CoreVerify, C2_DefinitionsDominateUses) {
  EXPECT_EQ(verdict("b0(%0):\n  branch is_nil(%0) b1 b2\nb1:\n  %1 = tuple(%0)\n  jump b2\nb2:\n  return %1\n"),
            "f/1 b2: C2: a value of b1 is used where it does not dominate");
  EXPECT_EQ(verdict("b0(%0):\n  %2 = hd(%1)\n  %1 = hd(%0)\n  return %2\n"),
            "f/1 b0: C2: a value of b0 is used where it does not dominate");
  EXPECT_EQ(verdict("b0(%0):\n  branch is_nil(%0) b1 b2\nb1:\n  %1 = tuple(%0)\n  jump b3(%1)\nb2:\n  jump b3([])\n"
                    "b3(%2):\n  return %2\n"),
            "");
}

TEST(CoreVerify, C2_AResultOnAnEdgeIsVisibleBelowThatEdgeOnly) {
  EXPECT_EQ(verdict("b0(%0):\n  trybif %1 = Hd(%0) b1(%1) b1(%0)\nb1(%2):\n  return %2\n"), "");
  EXPECT_EQ(verdict("b0(%0):\n  trybif %1 = Hd(%0) b1 b2\nb1:\n  return %1\nb2:\n  return %0\n"), "");
  EXPECT_EQ(verdict("b0(%0):\n  trybif %1 = Hd(%0) b1 b1\nb1:\n  return %1\n"),
            "f/1 b1: C2: a value of b0 is used where it does not dominate");
  EXPECT_EQ(verdict("b0(%0):\n  trybif %1 = Hd(%0) b1(%0) b1(%1)\nb1(%2):\n  return %2\n"),
            "f/1 b0: C2: a value of b0 is used where it does not dominate");
}

TEST(CoreVerify, C3_EdgesBringWhatTheirTargetTakes) {
  EXPECT_EQ(verdict("b0(%0):\n  jump b1\nb1(%1):\n  return %1\n"), "f/1 b0: C3: 0 arguments for b1");
  EXPECT_EQ(verdict("b0(%0):\n  trycall %1 = t/0() b1 b2(%0)\nb1:\n  return %1\nb2(%2, %3, %4, %5):\n  return %5\n"),
            "");
}

TEST(CoreVerify, C4_OnlyReceiveMayLoop) {
  EXPECT_EQ(verdict("b0(%0):\n  jump b1\nb1:\n  jump b2\nb2:\n  jump b1\n"),
            "f/1 b2: C4: a loop through b1 without recv_next");
  EXPECT_EQ(
      verdict("b0(%0):\n  jump b1\nb1:\n  recv_next %1 b2 b3\nb2:\n  recv_reject\n  jump b1\nb3:\n  recv_wait b1\n"),
      "");
}

TEST(CoreVerify, C5_AMessageIsAcceptedOrRejectedOnce) {
  EXPECT_EQ(verdict("b0(%0):\n  recv_accept\n  return ok\n"), "f/1 b0: C5: no message is current");
  EXPECT_EQ(verdict("b0(%0):\n  jump b1\nb1:\n  recv_next %1 b2 b3\nb2:\n  recv_accept\n  recv_accept\n  return %1\n"
                    "b3:\n  recv_wait b1\n"),
            "f/1 b2: C5: no message is current");
}

TEST(CoreVerify, C6_ATryBodyIsEnteredByTrycallOnly) {
  EXPECT_EQ(verdict("b0(%0):\n  %1 = call local t/0()\n  return %1\n"), "f/1 b0: C6: a TryBody is for TryCall only");
  EXPECT_EQ(verdict("b0(%0):\n  trycall %1 = g/0() b1 b2\nb1:\n  return %1\nb2(%2, %3, %4):\n  return %2\n"),
            "f/1 b0: C6: a TryBody is for TryCall only");
  EXPECT_EQ(verdict("b0(%0):\n  tailcall local g/0()\n", "trybody f/1 as g/0"), "f/1 b0: C6: a tail call in a TryBody");
}

TEST(CoreVerify, C9_NamesAreUnique) {
  Module module;
  for (int i = 0; i < 2; ++i) {
    Function& f = module.functions.emplace_back();
    f.name = "f";
    f.new_block();
    f.blocks[0].term.kind = TermKind::Unreachable;
  }
  EXPECT_EQ(verify_core(module), "C9: two functions f/0");
}

TEST(CoreVerify, C10_NothingCallsWhileAMessageIsCurrent) {
  EXPECT_EQ(verdict("b0(%0):\n  jump b1\nb1:\n  recv_next %1 b2 b3\nb2:\n  return %1\nb3:\n  recv_wait b1\n"),
            "f/1 b2: C10: the function is left, or another message taken, while one is current");
  EXPECT_EQ(
      verdict("b0(%0):\n  jump b1\nb1:\n  recv_next %1 b2 b3\nb2:\n  %2 = bif Hd(%1)\n  recv_accept\n  return %2\n"
              "b3:\n  recv_wait b1\n"),
      "f/1 b2: C10: a call or raising BIF while a message is current");
}

TEST(CoreVerify, CallsHaveTheirCalleesArity) {
  EXPECT_EQ(verdict("b0(%0):\n  tailcall local g/0(%0)\n"), "f/1 b0: call of g/0 with 1 arguments");
}

}  // namespace hj::core
