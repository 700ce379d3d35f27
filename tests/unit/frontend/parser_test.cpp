#include "frontend/syntax/parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "frontend/pipeline.h"

using namespace hj;
using namespace hj::syntax;

static std::unique_ptr<Compilation> parsed(const std::string& text) {
  std::unique_ptr<Compilation> compilation = compile_text("m.erl", text, {}, Phase::Ast);
  auto verify = [](void* argument) {
    EXPECT_EQ(verify_ast(static_cast<Compilation*>(argument)->ast), "");
  };
  run_with_compile_stack(verify, compilation.get());
  return compilation;
}

// The dump without line breaks and without the form at the end of the file.
static std::string tree(const std::string& text) {
  std::unique_ptr<Compilation> compilation = parsed(text);
  for (const Diagnostic& diagnostic : compilation->diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  std::ostringstream out;
  dump_ast(compilation->ast, compilation->sources, out);
  std::string flat;
  for (char c : out.str()) {
    if (c == ' ' && flat.ends_with(' ')) continue;
    flat += c == '\n' ? ' ' : c;
  }
  return flat.substr(0, flat.rfind("(EndOfFile") - 1);
}

// The tree of one expression, as it stands in the body of a function.
static std::string expression(const std::string& text) {
  std::string whole = tree("f() -> " + text + ".\n");
  size_t body = whole.find("(Body ") + 6;
  return whole.substr(body, whole.size() - body - 3);
}

// "line:column: message" of each error, one a line.
static std::string errors(const std::string& text) {
  std::unique_ptr<Compilation> compilation = parsed(text);
  std::string out;
  for (const Diagnostic& diagnostic : compilation->diagnostics.sorted()) {
    SourcePosition position = compilation->sources.position(diagnostic.span.begin);
    out += fmt::format("{}:{}: {}\n", position.line, position.column, diagnostic.message);
  }
  return out;
}

static std::string error_in(const std::string& text) { return errors("f() -> " + text + ".\n"); }

static std::string hint_for(const std::string& text) {
  std::unique_ptr<Compilation> compilation = parsed(text);
  return compilation->diagnostics.all().empty() ? "no error" : compilation->diagnostics.sorted()[0].hint;
}

static std::string repeated(const std::string& text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

// -- operators

TEST(Operators, BindByPrecedence) {
  EXPECT_EQ(expression("1 + 2 * 3"), "(Binary2 + (Integer 1) (Binary2 * (Integer 2) (Integer 3)))");
  EXPECT_EQ(expression("A orelse B andalso C == D"),
            "(Binary2 orelse (Var A) (Binary2 andalso (Var B) (Binary2 == (Var C) (Var D))))");
  EXPECT_EQ(expression("not A == B"), "(Binary2 == (Unary not (Var A)) (Var B))");
  EXPECT_EQ(expression("-A#r.x"), "(Unary - (RecordAccess r (Var A) (Atom x)))");
}

TEST(Operators, AssociateAsInErlang) {
  EXPECT_EQ(expression("a - b - c"), "(Binary2 - (Binary2 - (Atom a) (Atom b)) (Atom c))");
  EXPECT_EQ(expression("a ++ b -- c"), "(Binary2 ++ (Atom a) (Binary2 -- (Atom b) (Atom c)))");
  EXPECT_EQ(expression("A = B ! C = D"), "(Match (Var A) (Binary2 ! (Var B) (Match (Var C) (Var D))))");
}

TEST(Operators, ComparisonsDoNotAssociate) { EXPECT_EQ(error_in("a < b < c"), "1:14: syntax error before: '<'\n"); }

TEST(Operators, CatchTakesEverythingToItsRight) {
  EXPECT_EQ(expression("1 + catch a = b"), "(Binary2 + (Integer 1) (Catch (Match (Atom a) (Atom b))))");
}

TEST(Operators, ParenthesesLeaveNoTrace) {
  EXPECT_EQ(expression("(a - (b - c))"), "(Binary2 - (Atom a) (Binary2 - (Atom b) (Atom c)))");
}

// -- calls and updates

TEST(Calls, TakeAtomsRemotesAndExpressions) {
  EXPECT_EQ(expression("f(1)"), "(Call (Atom f) (Integer 1))");
  EXPECT_EQ(expression("M:F(X)"), "(Call (Remote (Var M) (Var F)) (Var X))");
  EXPECT_EQ(expression("(fun f/0)()"), "(Call (FunLocal (Atom f) (Integer 0)))");
}

TEST(Calls, CannotBeChained) {
  EXPECT_EQ(error_in("f()()"), "1:11: syntax error before: '('\n");
  EXPECT_EQ(error_in("a:b:c()"), "1:11: syntax error before: ':'\n");
  EXPECT_EQ(error_in("f()#r.a"), "1:11: syntax error before: '#'\n");
}

TEST(Updates, ChainWithinRecordsAndWithinMaps) {
  EXPECT_EQ(expression("X#r{a = 1}#r.b"),
            "(RecordAccess r (RecordUpdate r (Var X) (RecordField a (Integer 1))) (Atom b))");
  EXPECT_EQ(expression("X#{a => 1}#{b := 2}"),
            "(MapUpdate (MapUpdate (Var X) (MapAssoc (Atom a) (Integer 1))) (MapExact (Atom b) (Integer 2)))");
  EXPECT_EQ(error_in("X#{}#r{}"), "1:13: syntax error before: r\n");
}

// -- maybe

TEST(Maybe, IsAnAtomWhereAnAtomCanStand) {
  EXPECT_EQ(expression("[maybe, else, maybe(1), maybe + 1]"),
            "(List (Atom maybe) (Atom else) (Call (Atom maybe) (Integer 1)) "
            "(Binary2 + (Atom maybe) (Integer 1)) (Nil))");
  EXPECT_EQ(tree("maybe(else) -> ok."), "(Function@1 maybe (Clause (Patterns (Atom else)) (Guard) (Body (Atom ok))))");
}

TEST(Maybe, IsAWordWhereAnAtomCouldNotStand) {
  EXPECT_EQ(expression("maybe {ok, X} ?= g(), X else _ -> b end"),
            "(Maybe (Body (MaybeMatch (Tuple (Atom ok) (Var X)) (Call (Atom g))) (Var X)) "
            "(Clauses (Clause (Patterns (Var _)) (Guard) (Body (Atom b)))))");
}

TEST(Maybe, IsAWordEverywhereOnceTheFeatureIsOn) {
  EXPECT_EQ(tree("-feature(maybe_expr, enable).\nf() -> maybe (a) end."),
            "(Function@2 f (Clause (Patterns) (Guard) (Body (Maybe (Body (Atom a)) (Clauses)))))");
  EXPECT_EQ(errors("-feature(maybe_expr, enable).\nf() -> else."), "2:8: syntax error before: else\n");
  EXPECT_EQ(errors("-feature(maybe_expr, enable).\nf() -> 'else'."), "");
}

// -- comprehensions

TEST(Comprehensions, TakeEachKindOfGenerator) {
  EXPECT_EQ(expression("[X || X <- L, <<Y>> <= B, K := V <- M, X > Y]"),
            "(ListComp (Var X) (Generator (Var X) (Var L)) (BinGenerator (Binary (BinElement (Var Y))) (Var B)) "
            "(MapGenerator (MapExact (Var K) (Var V)) (Var M)) (Binary2 > (Var X) (Var Y)))");
  EXPECT_EQ(expression("#{K => V || {K, V} <- L}"),
            "(MapComp (MapAssoc (Var K) (Var V)) (Generator (Tuple (Var K) (Var V)) (Var L)))");
  EXPECT_EQ(error_in("[X || X <= L]"), "1:16: syntax error before: '<='\n");
}

// -- patterns of heads

TEST(Heads, TakePatternsOnly) {
  EXPECT_EQ(errors("f(g()) -> a.\n"), "1:4: syntax error before: '('\n");
  EXPECT_EQ(errors("f(begin X end) -> a.\n"), "1:3: syntax error before: 'begin'\n");
  EXPECT_EQ(errors("f(X orelse Y) -> a.\n"), "1:5: syntax error before: 'orelse'\n");
  EXPECT_EQ(errors("f(X#r.a) -> a.\n"), "1:4: syntax error before: '#'\n");
  EXPECT_EQ(errors("f(#r{a = 1} = X, \"a\" ++ Y, -1, <<Z>>, [A | B], #{k := V}, #r.a) -> a.\n"), "");
}

TEST(Heads, AgreeInNameAndArity) {
  EXPECT_EQ(errors("f(1) -> a; g(2) -> b.\n"), "1:12: head mismatch\n");
  EXPECT_EQ(errors("f(1) -> a; f(2, 3) -> b.\n"), "1:12: head mismatch\n");
  EXPECT_EQ(error_in("fun(1) -> a; (2, 3) -> b end"), "1:21: head mismatch\n");
  EXPECT_EQ(error_in("fun F(1) -> a; G(2) -> b end"), "1:23: head mismatch\n");
}

TEST(TryClauses, DefaultToThrow) {
  EXPECT_EQ(expression("try a catch b -> c end"),
            "(Try (Body (Atom a)) (Clauses) (Clauses (Clause (Patterns (CatchPattern (Atom throw) (Atom b) (Var _))) "
            "(Guard) (Body (Atom c)))) (Body))");
  EXPECT_EQ(error_in("try a end"), "1:14: syntax error before: 'end'\n");
}

// -- attributes

TEST(Attributes, ThatAreNoneSaySo) {
  EXPECT_EQ(errors("-module(\"m\").\n-export([a]).\n-export([a/1, b]).\n-record(r, [a]).\n-record(r, {A}).\n"
                   "-import(a).\n-foo(1 + 2).\n-foo(a, b).\n-type t(a) :: b.\n-type t :: b.\n"),
            "1:9: bad module declaration\n2:9: bad Name/Arity\n3:15: bad Name/Arity\n4:12: bad record declaration\n"
            "5:13: bad record field\n6:9: bad import declaration\n7:6: bad attribute\n8:9: bad attribute\n"
            "9:9: bad type variable\n10:2: bad type declaration\n");
}

TEST(Attributes, TermsMayHoldFunctionNames) {
  EXPECT_EQ(tree("-foo({a/1, [-1, b/2 | c]})."),
            "(Attribute@1 foo (Tuple (Tuple (Atom a) (Integer 1)) (List (Unary - (Integer 1)) "
            "(Tuple (Atom b) (Integer 2)) (Atom c))))");
}

TEST(Types, AnnotationsReachToTheRight) {
  EXPECT_EQ(tree("-type t() :: X :: a | b."),
            "(TypeDef@1 t (Patterns) (TypeAnnotated (Var X) (TypeUnion (Atom a) (Atom b))))");
  EXPECT_EQ(errors("-type t() :: a | b :: c.\n"), "1:20: syntax error before: '::'\n");
}

TEST(Types, RangesBindWeakerThanArithmetic) {
  EXPECT_EQ(tree("-type t() :: -1..1 bsl 4."),
            "(TypeDef@1 t (Patterns) (TypeRange (Unary - (Integer 1)) (Binary2 bsl (Integer 1) (Integer 4))))");
}

// -- errors

TEST(SyntaxErrors, NameTheTokenAsErlangWritesIt) {
  EXPECT_EQ(error_in("a \"b\\n\""), "1:10: syntax error before: \"b\\n\"\n");
  EXPECT_EQ(error_in("a 'B c'"), "1:10: syntax error before: 'B c'\n");
  EXPECT_EQ(error_in("a $b"), "1:10: syntax error before: $b\n");
  EXPECT_EQ(error_in("a case"), "1:10: syntax error before: 'case'\n");
}

TEST(SyntaxErrors, AtTheEndOfTheFilePointAtTheLastToken) {
  EXPECT_EQ(errors("f() -> a"), "1:8: syntax error before: \n");
  EXPECT_EQ(errors("f() ->\n\n%% comment\n"), "1:5: syntax error before: \n");
}

TEST(SyntaxErrors, AtTheFirstAndTheLastCharacter) {
  EXPECT_EQ(errors(")"), "1:1: syntax error before: ')'\n");
  EXPECT_EQ(errors("f() -> a. )"), "1:11: syntax error before: ')'\n");
}

TEST(SyntaxErrors, OneAForm) {
  EXPECT_EQ(errors("f() -> a b c d.\ng() -> ) ).\nh() -> ok.\n"),
            "1:10: syntax error before: b\n2:8: syntax error before: ')'\n");
}

TEST(Recovery, GoesOnAtAFormThatBeginsALine) {
  std::unique_ptr<Compilation> compilation = parsed("f() -> a\n\ng() -> b.\nh() -> ).\n");
  EXPECT_EQ(compilation->diagnostics.error_count(), 2u);
  std::vector<AstKind> kinds;
  for (NodeId form : compilation->ast.forms) kinds.push_back(compilation->ast.kind(form));
  EXPECT_EQ(kinds, (std::vector{AstKind::ErrorForm, AstKind::Function, AstKind::ErrorForm, AstKind::EndOfFile}));
}

TEST(Recovery, GoesOnAtTheNextClause) {
  EXPECT_EQ(errors("f(1) -> a b;\nf(2) -> c;\nf(3) -> d e.\n"),
            "1:11: syntax error before: b\n3:11: syntax error before: e\n");
}

TEST(Recovery, StopsAfterFiftyErrors) {
  std::string all = errors(repeated("f() -> ).\n", 1000));
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 51);
  EXPECT_NE(all.find("51:1: too many errors"), std::string::npos);
}

TEST(Hints, GuessTheSmallestEdit) {
  EXPECT_EQ(hint_for("f(X) -> X <= 1.\n"), "\"less than or equal\" is written =<");
  EXPECT_EQ(hint_for("f(X) -> X != 1.\n"), "\"not equal\" is written /= or =/=");
  EXPECT_EQ(hint_for("f(X) -> X && 1.\n"), "\"and\" is written andalso");
  EXPECT_EQ(hint_for("f() -> a b.\n"), "a ',' may be missing before this");
  EXPECT_EQ(hint_for("f() -> a, end.\n"), "no ',' before this: it separates, it does not end");
  EXPECT_EQ(hint_for("f() -> a;\n.\n"), "the last clause ends with '.', not with ';'");
  EXPECT_EQ(hint_for("f() ->\n case a of b -> c.\n"), "the 'case' of line 2 has no 'end'");
  EXPECT_EQ(hint_for("f() -> g(a, [b].\n"), "the '(' of line 1 has no ')'");
  EXPECT_EQ(hint_for("f() -> case a of b -> c, d -> e end.\n"), "clauses of a 'case' are separated by ';'");
  EXPECT_EQ(hint_for("f() -> a\n\ng() -> b.\n"), "a '.' may be missing at the end of the form before this");
  EXPECT_EQ(hint_for("Foo() -> b.\n"), "names of functions begin with a lower-case letter");
  EXPECT_EQ(hint_for("f() -> 1 // 2.\n"), "comments begin with %");
}

// -- limits

TEST(Nesting, BeyondTheLimitIsAnError) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the thread sanitizer keeps stacks of 65,536 frames at most";
#endif
  for (const char* opening : {"[", "{", "(", "<<", "begin ", "- ", "catch ", "f(", "fun() -> ", "case a of b -> ", "#{a => ",
                              "a ++ ", "1 + ", "[a | ", "if a -> ", "try ", "receive a -> "}) {
    std::string all = error_in(repeated(opening, 100'000) + "a");
    EXPECT_NE(all.find("nested deeper than 10000 levels"), std::string::npos) << opening << ": " << all.substr(0, 200);
  }
  for (const char* opening : {"{", "[", "(", "<<_:", "- ", "#{a => ", "fun(() -> ", "a | ("}) {
    std::string all = errors("-type t() :: " + repeated(opening, 100'000) + ".\n");
    EXPECT_NE(all.find("nested deeper than 10000 levels"), std::string::npos) << opening << ": " << all.substr(0, 200);
  }
}

TEST(Nesting, OfThousandsIsFine) {
  EXPECT_EQ(error_in(repeated("[", 4000) + repeated("]", 4000)), "");
  EXPECT_EQ(error_in(repeated("a ++ ", 9000) + "[]"), "");
  EXPECT_EQ(error_in("a" + repeated(" + a", 9000)), "");
  EXPECT_EQ(error_in("[" + repeated("a, ", 100'000) + "a]"), "");
}

TEST(AnyBytes, GiveATree) {
  EXPECT_EQ(errors(""), "");
  EXPECT_EQ(errors(std::string(1000, '\0')), "");
  EXPECT_EQ(errors("\xFF\xFE"), "1:1: cannot translate from UTF-8\n");
  EXPECT_EQ(errors(std::string(1'000'000, '(')), "1:1: syntax error before: '('\n");
}

// -- places

TEST(Places, OfMacrosAreThoseOfTheirCalls) {
  std::unique_ptr<Compilation> compilation = parsed("-define(M(X), {a, X}).\nf() ->\n  ?M(1).\n");
  const Ast& ast = compilation->ast;
  NodeId body = ast.child(ast.child(ast.forms[0], 0), 2);
  SourcePosition position = compilation->sources.position(ast.place(ast.child(body, 0)));
  EXPECT_EQ(position.line, 3u);
  EXPECT_EQ(position.column, 4u);
}

TEST(Verifier, FindsNodesThatAreSharedOrOfTheWrongKind) {
  Ast ast;
  NodeId atom = ast.add(AstKind::Atom, {}, ast.names.intern("a").index, {});
  std::vector<NodeId> twice = {atom, atom};
  ast.forms.push_back(ast.add(AstKind::Tuple, {}, 0, twice));
  EXPECT_EQ(verify_ast(ast), "A1: shared: node 0 of kind Atom");
  ast.forms[0] = ast.add(AstKind::Case, {}, 0, {});
  EXPECT_EQ(verify_ast(ast), "A2: a child is missing or of the wrong kind: node 2 of kind Case");
}
