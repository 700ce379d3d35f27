#include "frontend/syntax/preprocessor.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using namespace hj;
using namespace hj::syntax;

namespace {

// A directory of its own for headers; gone with the test.
class Directory {
 public:
  Directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hotjit-pp-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  std::string add(const std::string& name, const std::string& text) const {
    std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

struct Preprocessed {
  // The tokens as they would stand in a source, joined by blanks.
  std::string text;
  // "line:column: message" of each diagnostic, one a line.
  std::string messages;
  std::vector<std::string> included;
};

}  // namespace

static Preprocessed preprocessed(const std::string& text, const CompileOptions& options = {},
                                 const std::string& path = "m.erl") {
  SourceMap sources;
  Ast pools;
  Diagnostics diagnostics;
  Preprocessed result;
  Loc file = sources.add(path, text);
  for (const Token& token : preprocess(file, options, sources, pools, diagnostics, result.included)) {
    if (token.kind == TokenKind::EndOfFile) break;
    if (!result.text.empty()) result.text += ' ';
    result.text += token.kind == TokenKind::BadForm ? "BAD" : token_source_text(token, pools);
  }
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    SourcePosition position = sources.position(diagnostic.span.begin);
    result.messages += fmt::format("{}:{}: {}\n", position.line, position.column, diagnostic.message);
  }
  return result;
}

static std::string expanded(const std::string& text) {
  Preprocessed result = preprocessed(text);
  EXPECT_EQ(result.messages, "");
  return result.text;
}

static std::string messages(const std::string& text) { return preprocessed(text).messages; }

// -- macros

TEST(Macros, AreReplacedByTheirText) {
  EXPECT_EQ(expanded("-define(A, 1 + 2).\n-define(empty, ).\nf(?A ?empty)."), "f ( 1 + 2 ) .");
}

TEST(Macros, TakeArguments) {
  EXPECT_EQ(expanded("-define(ADD(X, Y), X + Y).\n-define(N(), n).\n?ADD(1, f(a, b)) ?N()."), "1 + f ( a , b ) n .");
}

TEST(Macros, AreOverloadedByTheNumberOfArguments) {
  EXPECT_EQ(expanded("-define(M, 0).\n-define(M(), 1).\n-define(M(A), {A}).\n?M ?M() ?M(x)."), "0 1 { x } .");
}

TEST(Macros, WithoutArgumentsLeaveParenthesesAlone) { EXPECT_EQ(expanded("-define(F, foo).\n?F(1)."), "foo ( 1 ) ."); }

TEST(Macros, AreExpandedInArgumentsAndTexts) {
  EXPECT_EQ(expanded("-define(TWICE(X), ?ID(X) ?ID(X)).\n-define(ID(X), X).\n?TWICE(?ID(a))."), "a a .");
}

TEST(Macros, ArgumentsMayHoldBlocksWithCommas) {
  EXPECT_EQ(expanded("-define(ID(X), X).\n?ID(begin a, b end) ?ID(fun(X) -> a, b end) ?ID([a, {b, c}])."),
            "begin a , b end fun ( X ) -> a , b end [ a , { b , c } ] .");
}

TEST(Macros, StringifyTheirArguments) {
  EXPECT_EQ(expanded("-define(S(X), ??X).\n?S(foo(a, \"b\", $c, 16#ff, 1500.0, 'A b'))."),
            "\"foo ( a , \\\"b\\\" , $c , 255 , 1.5e3 , 'A b' )\" .");
}

TEST(Macros, CanBeUndefinedAndDefinedAgain) {
  EXPECT_EQ(expanded("-define(A, 1).\n-undef(A).\n-define(A, 2).\n?A."), "2 .");
}

TEST(Macros, CannotBeRedefined) {
  EXPECT_EQ(messages("-define(A, 1).\n-define(A, 2).\n-define(A(X), 3).\n-define(LINE, 4).\n"),
            "2:9: redefining macro 'A'\n4:9: redefining predefined macro 'LINE'\n");
}

TEST(Macros, ThatReachThemselvesAreRefused) {
  EXPECT_EQ(messages("-define(A, ?B).\n-define(B, {?A}).\n?A.\n"), "3:2: circular macro 'A'\n");
  EXPECT_EQ(expanded("-define(A, ?A(1)).\n-define(A(X), X).\n?A."), "1 .");
}

TEST(Macros, ThatDoubleThemselvesEndSomewhere) {
  std::string text;
  for (char c = 'A'; c < 'Z'; ++c) text += fmt::format("-define({}, ?{} ?{}).\n", c, char(c + 1), char(c + 1));
  EXPECT_EQ(messages(text + "-define(Z, z z).\nf() -> ?A."), "27:9: macro expansion too large\n");
}

TEST(Macros, CallsThatDoNotFitAreErrors) {
  EXPECT_EQ(messages("-define(M(X), X).\n?M.\n?M(1, 2).\n?M(1, ).\n?M(.\n?U.\n?U(1, 2).\n? .\n?1.\n"),
            "2:2: argument mismatch for macro 'M'\n3:2: argument mismatch for macro 'M'\n"
            "4:2: badly formed argument for macro 'M'\n5:2: badly formed argument for macro 'M'\n"
            "6:2: undefined macro 'U'\n7:2: undefined macro 'U/2'\n8:1: illegal macro call '?dot'\n"
            "9:2: illegal macro call '?1'\n");
}

TEST(Macros, AFormWithABadCallIsMarked) { EXPECT_EQ(preprocessed("a. b(?U). c.").text, "a . BAD . c ."); }

TEST(Macros, DefinitionsThatAreNoneAreErrors) {
  EXPECT_EQ(messages("-define.\n-define(1, a).\n-define(A).\n-define(B(x), a).\n-define(C(X, X), a).\n-define(D, a.\n"),
            "1:8: badly formed 'define'\n2:9: badly formed 'define'\n3:10: badly formed 'define'\n"
            "4:11: badly formed 'define'\n5:14: argument 'X' already used\n"
            "6:13: badly formed define: missing closing right parenthesis\n");
}

TEST(PredefinedMacros, HaveOtpsValues) {
  EXPECT_EQ(expanded("-module(m).\n{?MODULE, ?MODULE_STRING, ?FILE, ?LINE, ?MACHINE, ?OTP_RELEASE}."),
            "- module ( m ) . { m , \"m\" , \"m.erl\" , 2 , 'BEAM' , 25 } .");
}

TEST(PredefinedMacros, TheModulesNameIsUnknownBeforeItIsNamed) {
  EXPECT_EQ(messages("f() -> ?MODULE.\n"), "1:9: undefined macro 'MODULE'\n");
}

TEST(PredefinedMacros, KnowTheFunctionAroundThem) {
  EXPECT_EQ(expanded("f(A, [B, C]) -> {?FUNCTION_NAME, ?FUNCTION_ARITY}."), "f ( A , [ B , C ] ) -> { f , 2 } .");
  EXPECT_EQ(expanded("f(?FUNCTION_ARITY, {A, B}, C) -> ok."), "f ( 3 , { A , B } , C ) -> ok .");
  EXPECT_EQ(messages("-foo(?FUNCTION_NAME).\n"), "1:7: ?FUNCTION_NAME can only be used within a function\n");
}

TEST(PredefinedMacros, LineIsTheLineOfTheOutermostCall) {
  EXPECT_EQ(expanded("-define(L, ?LINE).\n-define(M(X), {X, ?L}).\n\n?M(a)."), "{ a , 4 } .");
}

TEST(Options, DefineMacros) {
  CompileOptions options;
  options.defines = {{"DEBUG", "true"}, {"LIMIT", "10 + 1"}};
  EXPECT_EQ(preprocessed("{?DEBUG, ?LIMIT}.", options).text, "{ true , 10 + 1 } .");
}

// -- conditionals

TEST(Conditionals, TakeOneBranch) {
  EXPECT_EQ(expanded("-define(A, x).\n-ifdef(A).\na.\n-else.\nb.\n-endif.\n-ifndef(A).\nc.\n-else.\nd.\n-endif.\n"),
            "a . d .");
}

TEST(Conditionals, Nest) {
  EXPECT_EQ(expanded("-ifdef(NO).\n-ifdef(NO).\na.\n-else.\nb.\n-endif.\n-else.\nc.\n-endif.\n"), "c .");
}

TEST(Conditionals, ElifTakesTheFirstThatIsTrue) {
  EXPECT_EQ(expanded("-if(false).\na.\n-elif(true).\nb.\n-elif(true).\nc.\n-else.\nd.\n-endif.\n"), "b .");
}

TEST(Conditionals, SkippedTextMayHoldAnything) {
  EXPECT_EQ(expanded("-ifdef(NO).\n16# ?UNDEFINED( \"\\xZ\" \xC2\xA7.\n-include(\"none\").\n-if(1 +).\n-endif.\n-endif.\na.\n"), "a .");
}

TEST(Conditionals, MustBalance) {
  EXPECT_EQ(messages("-endif.\n-else.\n-elif(true).\n"),
            "1:2: unbalanced '-endif'\n2:2: unbalanced '-else'\n3:2: unbalanced '-elif'\n");
  EXPECT_EQ(messages("-ifdef(A).\n-else.\n-else.\n-elif(true).\n-endif.\n"),
            "3:2: repeated '-else'\n4:2: 'elif' following 'else'\n");
  EXPECT_EQ(messages("-ifdef(A).\n"), "2:1: unterminated '-ifdef'\n");
}

// The value of the condition, or the message about it.
static std::string condition(const std::string& text) {
  Preprocessed result = preprocessed("-define(YES, 1).\n-if(" + text + ").\ntrue.\n-else.\nfalse.\n-endif.\n");
  return result.messages.empty() ? result.text : result.messages;
}

TEST(IfExpressions, AreGuards) {
  EXPECT_EQ(condition("?OTP_RELEASE >= 21 andalso 1 + 2 * 3 =:= 7"), "true .");
  EXPECT_EQ(condition("1 == 1.0 andalso not (1 =:= 1.0)"), "true .");
  EXPECT_EQ(condition("is_list(\"a\") and (length([1, 2]) == 2)"), "true .");
  EXPECT_EQ(condition("{a, 1} < {a, 2} andalso #{b => 1} == #{b => 1} andalso <<1>> =:= <<\"\\x01\">>"), "true .");
  EXPECT_EQ(condition("[1, 2] > [1] andalso \"ab\" == [$a | \"b\"] andalso hd(\"x\") =:= $x"), "true .");
  EXPECT_EQ(condition("erlang:is_atom(a) xor (10 rem 3 =:= 2)"), "true .");
}

TEST(IfExpressions, KnowWhatIsDefined) {
  EXPECT_EQ(condition("defined(YES) andalso not defined(NO) andalso defined(LINE)"), "true .");
}

TEST(IfExpressions, WhatFailsIsNotTrue) {
  EXPECT_EQ(condition("1 + a"), "false .");
  EXPECT_EQ(condition("Unbound"), "false .");
  EXPECT_EQ(condition("no_bif(1)"), "false .");
  EXPECT_EQ(condition("1 div 0 == 1"), "false .");
  EXPECT_EQ(condition("ok"), "false .");
}

TEST(IfExpressions, WhatNoGuardMayHoldIsBadlyFormed) {
  EXPECT_EQ(condition("A = 1"), "2:2: badly formed 'if'\n");
  EXPECT_EQ(condition("lists:member(a, [a])"), "2:2: badly formed 'if'\n");
  EXPECT_EQ(condition("case 1 of 1 -> true end"), "2:2: badly formed 'if'\n");
  EXPECT_EQ(condition("a b"), "2:7: syntax error before: b\n");
  EXPECT_EQ(condition(""), "2:5: syntax error before: ')'\n");
}

// -- other directives

TEST(Messages, AreReportedWithTheirTerm) {
  EXPECT_EQ(messages("-error({a, \"b\"}).\n-warning(foo).\n-error(1 + 2).\n"),
            "1:2: -error({a,\"b\"}).\n2:2: -warning(foo).\n3:2: badly formed 'error'\n");
}

TEST(FileDirective, ChangesFileAndLine) {
  EXPECT_EQ(expanded("-file(\"x.yrl\", 10).\n{?FILE, ?LINE}.\n"), "{ \"x.yrl\" , 11 } .");
  EXPECT_EQ(messages("-file(foo).\n-file(\"a\", 99999999999).\n"), "1:7: badly formed 'file'\n2:12: badly formed 'file'\n");
}

TEST(Features, KnowMaybe) {
  EXPECT_EQ(expanded("-feature(maybe_expr, enable).\n{?FEATURE_ENABLED(maybe_expr), ?FEATURE_AVAILABLE(other)}."),
            "{ true , false } .");
  EXPECT_EQ(messages("-feature(other, enable).\n"), "1:2: the feature 'other' does not exist.\n");
  EXPECT_EQ(messages("f() -> ok.\n-feature(maybe_expr, enable).\n"),
            "2:2: feature directive not allowed after exports or record definitions\n");
}

// -- includes

TEST(Includes, AreFoundBesideTheFileAndInTheIncludeDirectories) {
  Directory directory;
  std::string source = directory.add("src/m.erl", "");
  directory.add("src/a.hrl", "-include(\"deep/b.hrl\").\n");
  directory.add("src/deep/b.hrl", "-include(\"c.hrl\").\n");
  directory.add("include/c.hrl", "c.\n");
  CompileOptions options;
  options.include_dirs = {directory.path() + "/include"};
  Preprocessed result = preprocessed("-include(\"a.hrl\").\nm.\n", options, source);
  EXPECT_EQ(result.messages, "");
  EXPECT_EQ(result.text, "c . m .");
  ASSERT_EQ(result.included.size(), 3u);
  EXPECT_EQ(result.included[2], directory.path() + "/include/c.hrl");
}

TEST(Includes, FindApplications) {
  Directory directory;
  directory.add("app-1.0/include/a.hrl", "a.\n");
  CompileOptions options;
  options.lib_dirs = {{"app", directory.path() + "/app-1.0"}};
  EXPECT_EQ(preprocessed("-include_lib(\"app/include/a.hrl\").\n", options).text, "a .");
  EXPECT_EQ(preprocessed("-include(\"app/include/a.hrl\").\n", options).text, "a .");
}

TEST(Includes, ThatAreMissingAreErrors) {
  EXPECT_EQ(messages("-include(\"none.hrl\").\n-include_lib(\"no/a.hrl\").\n-include(\"/\").\n-include(a).\n"),
            "1:10: can't find include file \"none.hrl\"\n2:14: can't find include lib \"no/a.hrl\"\n"
            "3:10: can't find include file \"/\"\n4:10: badly formed 'include'\n");
}

TEST(Includes, ThatIncludeThemselvesAreTooDeep) {
  Directory directory;
  std::string source = directory.add("m.erl", "");
  directory.add("loop.hrl", "-include(\"loop.hrl\").\n");
  EXPECT_EQ(preprocessed("-include(\"loop.hrl\").\na.\n", {}, source).messages, "1:10: include too deep\n");
}

TEST(Includes, KeepTheirConditionalsAndFormsToThemselves) {
  Directory directory;
  std::string source = directory.add("m.erl", "");
  directory.add("open.hrl", "-ifdef(NO).\n");
  directory.add("close.hrl", "-endif.\n");
  directory.add("half.hrl", "f() -> ");
  EXPECT_EQ(preprocessed("-include(\"open.hrl\").\na.\n", {}, source).messages, "2:1: unterminated '-ifdef'\n");
  EXPECT_EQ(preprocessed("-ifndef(NO).\n-include(\"close.hrl\").\n-endif.\n", {}, source).messages,
            "1:2: unbalanced '-endif'\n");
  Preprocessed half = preprocessed("-include(\"half.hrl\").\na.\n", {}, source);
  EXPECT_EQ(half.messages, "1:5: syntax error before: \n");
  EXPECT_EQ(half.text, "BAD . a .");
}

TEST(Errors, AreCountedAndCutOff) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "?U.\n";
  std::string all = messages(text);
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 51);
  EXPECT_NE(all.find("too many errors"), std::string::npos);
}
