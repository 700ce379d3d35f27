// The rules of variables, uses and hints, as sentences. A program for each kind of message: lint_kinds_test.cpp; many
// more programs, with erlc's answers: tests/conformance/lint.
#include <gtest/gtest.h>

#include "tests/unit/frontend/lint_testing.h"

namespace hj {

static std::string lint(const std::string& forms) { return messages(*check("-module(m).\n-export([f/1]).\n" + forms)); }

TEST(LintForms, RefuseFunctionsOfMoreThan255Arguments) {
  std::string parameters = "_";
  for (int i = 1; i < 256; ++i) parameters += ",_";
  EXPECT_EQ(messages(*check("-module(m).\n-export([f/256]).\nf(" + parameters + ") -> ok.\n")),
            "3:1: error: too many arguments (256) - maximum allowed is 255");
}

TEST(LintForms, CompareTheModuleWithTheFileOnlyWhenAsked) {
  CompileOptions options;
  const std::string text = "-module(m).\n-export([f/0]).\nf() -> ok.\n";
  EXPECT_EQ(messages(*check(text, options, "dir/other.erl")), "");
  options.module_name = ModuleName::MatchesFile;
  EXPECT_EQ(messages(*check(text, options, "dir/m.mod")), "");
  EXPECT_EQ(messages(*check(text, options, "m")), "");
  EXPECT_EQ(messages(*check(text, options, "dir/other.erl")),
            "1:2: error: Module name 'm' does not match file name 'other'");
}

// -- variables

TEST(LintScope, VariablesThatEveryClauseBindsReachWhatFollows) {
  EXPECT_EQ(lint("f(A) -> case A of 1 -> B = 1; _ -> B = 2 end, B.\n"), "");
}

TEST(LintScope, SiblingsDoNotSeeEachOthersVariablesButAllReachWhatFollows) {
  EXPECT_EQ(lint("f(A) -> _ = {B = A, C = 1}, {B, C}.\n"), "");
  EXPECT_EQ(lint("f(A) -> {B = A, B}.\n"), "3:17: error: variable 'B' is unbound");
}

TEST(LintScope, TheRightSideOfAndalsoSeesTheLeftOnesVariables) {
  EXPECT_EQ(lint("f(A) -> (B = A) andalso B.\n"), "");
  EXPECT_EQ(lint("f(A) -> A andalso (B = A), B.\n"),
            "3:28: error: variable 'B' unsafe in 'andalso' (line 3, column 11)");
}

TEST(LintScope, TheClausesOfATrySeeItsBodyAndItsHandlersDoNot) {
  EXPECT_EQ(lint("f(A) -> try B = A, B of _ -> B catch _:_ -> A end.\n"), "");
  EXPECT_EQ(lint("f(A) -> try B = A of _ -> A catch _:_ -> B end.\n"),
            "3:42: error: variable 'B' unsafe in 'try' (line 3, column 9)");
}

TEST(LintScope, ATimeoutsVariablesReachWhatFollowsButNotItsBody) {
  EXPECT_EQ(lint("f(A) -> receive after B = A -> ok end, B.\n"), "");
  EXPECT_EQ(lint("f(A) -> receive after B = A -> B end.\n"), "3:32: error: variable 'B' is unbound");
}

TEST(LintScope, FunHeadsHideAndFunBodiesSee) {
  EXPECT_EQ(lint("f(A) -> fun(B) -> {A, B} end.\n"), "");
  EXPECT_EQ(lint("f(A) -> {A, fun(A) -> A end}.\n"), "3:17: warning: variable 'A' shadowed in 'fun'");
  EXPECT_EQ(lint("f(A) -> F = fun() -> B = A, B end, {F, B}.\n"), "3:40: error: variable 'B' is unbound");
}

TEST(LintScope, ANamedFunsNameIsKnownInsideOnly) {
  EXPECT_EQ(lint("f(A) -> (fun G(0) -> A; G(N) -> G(N - 1) end)(3).\n"), "");
  EXPECT_EQ(lint("f(A) -> F = fun G(B) -> G(B) end, G(F(A)).\n"), "3:35: error: variable 'G' is unbound");
}

TEST(LintScope, QualifiersSeeTheEarlierOnes) {
  EXPECT_EQ(lint("f(A) -> [{B, C} || B <- A, C <- B, C > 1].\n"), "");
  EXPECT_EQ(lint("f(A) -> [B || B <- C, C <- A].\n"),
            "3:20: error: variable 'C' is unbound\n3:23: warning: variable 'C' is unused");
}

TEST(LintScope, SizesSeeTheirBinaryAndKeysTheFunction) {
  EXPECT_EQ(lint("f(<<N, B:N/binary>>) -> B.\n"), "");
  EXPECT_EQ(lint("f({N, <<B:N>>}) -> B.\n"), "3:11: error: variable 'N' is unbound");
  EXPECT_EQ(lint("f(A) -> K = 1, #{K := V} = A, V.\n"), "");
  EXPECT_EQ(lint("f({K, #{K := V}}) -> V.\n"), "3:9: error: variable 'K' is unbound");
}

TEST(LintScope, OneClausesBindingCanBeUnusedAndAnothersNot) {
  EXPECT_EQ(lint("f(A) -> case A of {B} -> B; [B] -> ok end.\n"), "3:30: warning: variable 'B' is unused");
}

TEST(LintScope, AnUnboundVariableIsReportedOnceInASequence) {
  EXPECT_EQ(lint("f(_) -> B, B.\n"), "3:9: error: variable 'B' is unbound");
}

TEST(LintScope, MaybeBindsNothingSafely) {
  EXPECT_EQ(messages(*check("-module(m).\n-feature(maybe_expr, enable).\n-export([f/1]).\n"
                            "f(A) -> maybe {ok, B} ?= A, B else _ -> B end.\n")),
            "4:41: error: variable 'B' unsafe in maybe (line 4, column 9)");
}

// -- functions, records, types

TEST(LintUsage, FollowsCallsFromTheExports) {
  EXPECT_EQ(lint("f(A) -> fun g/1, A.\ng(A) -> h(A).\nh(A) -> A.\n"), "");
  EXPECT_EQ(lint("f(A) -> A.\ng(A) -> h(A).\nh(A) -> A.\n"),
            "4:1: warning: function g/1 is unused\n5:1: warning: function h/1 is unused");
}

TEST(LintUsage, ARecordsDefaultCallsWhereTheRecordIsMade) {
  EXPECT_EQ(lint("-record(r, {a = g()}).\nf(_) -> #r{}.\ng() -> 1.\n"), "");
  EXPECT_EQ(lint("-record(r, {a = g()}).\nf(A) -> #r{a = A}.\ng() -> 1.\n"), "5:1: warning: function g/0 is unused");
}

TEST(LintUsage, NowarnTurnsWarningsOff) {
  EXPECT_EQ(lint("-compile([nowarn_unused_vars, {nowarn_unused_function, [g/0]}]).\nf(A) -> ok.\ng() -> 1.\n"), "");
}

TEST(LintUsage, NoWarningsWhenTheCallerWantsNone) {
  CompileOptions options;
  options.warnings = false;
  EXPECT_EQ(messages(*check("-module(m).\nf(A) -> ok.\n", options)), "");
}

// -- hints

static std::string first_hint(const std::string& forms) {
  auto compilation = check("-module(m).\n-export([f/1]).\n" + forms);
  for (const Diagnostic& diagnostic : compilation->diagnostics.sorted()) {
    if (!diagnostic.hint.empty()) return diagnostic.hint;
  }
  return "";
}

TEST(LintHints, NameWhatWasProbablyMeant) {
  EXPECT_EQ(first_hint("f(Count) -> Cuont.\n"), "did you mean 'Count'?");
  EXPECT_EQ(first_hint("f(A) -> lopp(A).\nloop(A) -> A.\n"), "did you mean 'loop/1'?");
  EXPECT_EQ(first_hint("f(A) -> loop(A).\nloop() -> 1.\n"), "did you mean 'loop/0'?");
  EXPECT_EQ(first_hint("-record(person, {name}).\nf(A) -> A#persn.name.\n"), "did you mean 'person'?");
  EXPECT_EQ(first_hint("-record(person, {name}).\nf(A) -> A#person.nmae.\n"), "did you mean 'name'?");
}

TEST(LintHints, StaySilentWhenNothingIsNear) {
  EXPECT_EQ(first_hint("f(A) -> {A, B}.\n"), "");
  EXPECT_EQ(first_hint("f(A) -> zebra(A).\n"), "");
}

}  // namespace hj
