f() -> [X || X <- L, a = b].
f() -> "abc" "def
f() -> a "abc".
f() -> a $b.
f() -> a 1.5.
f() -> a 'B c'.
f() -> a #.
f() -> a.b.
f() -> a ?= b.
f() -> X = "abc" "def" foo.
f() -> 1 16#ffffffffffffffffffffff.
f() -> f()().
f() -> #r{}#{}.
f() -> #{}#r{}.
f() -> X#{}#r.a.
f() -> X#r.a:foo().
f() -> #{a => 1}:b().
f(g()) -> a.
f(X = Y) -> a.
f(X orelse Y) -> a.
f(X < Y) -> a.
f(catch X) -> a.
f(X ! Y) -> a.
f((X)) -> a.
f(begin X end) -> a.
f(#r.a) -> a.
f(X#r.a) -> a.
f(#r{a=1}) -> a.
f(-1, "a"++X, <<X>>, [A|B], {}) -> a.
f(fun a/1) -> a.
f(#{a := X}) -> a.
f() -> case f() of g() -> a end.
f() -> try a catch g() -> b end.
f() -> try a catch (a) -> b end.
f() -> try a catch a:b:c -> b end.
f() -> try a catch a:b:_ when c -> b end.
f() -> try a of (a) -> b; _ when true -> c after d end.
f() -> fun (X) when X -> b end.
f() -> << <<X>> || X <- Y >>.
f() -> << X || X <- Y >>.
f() -> << (X+1) || X <- Y >>.
f() -> <<X/integer-signed, Y/unit:8, Z:(1+2)/binary-unit:8>>.
f() -> <<X/foo:bar>>.
f() -> <<-X:8>>.
f() -> <<"abc"/utf8>>.
f() -> {a, b, }.
f() -> #r{a}.
f() -> #r{X = 1}.
f() -> #R{a=1}.
f() -> #r{a=1, b=2,}.
f() -> #'r'{}.
f() -> X#r.B.
f() -> fun 'a b'/1.
f() -> fun a:B/1.
f() -> fun (a):b/1.
f() -> fun X.
f() -> fun f.
f() -> fun f/X.
f() -> a;.
f() -> a; g() -> b.
f() -> a; f() -> b.
f() when -> b.
f() when a -> .
f() when a; -> b.
f(a b) -> c.
f(a -> c.
f[] -> c.
-export([a/1, b/2]).
-export([a/1, b/2.
-record(r, {a :: }).
-record(r, {a = }).
-record(r, {a :: integer() = 1}).
-type t() :: 'a b'.
-type t() :: [a | b].
-type t() :: fun((a) -> b) | c.
-type t() :: (a).
-type t(a) :: b.
-type T() :: b.
-type t() :: 1.5.
-type t() :: "a".
-type t() :: X.
-type t() :: _.
-type t() :: a:b.
-type t() :: a:b:c().
-type t() :: [a, b].
-type t() :: <<_:a>>.
-type t() :: <<X:8>>.
-type t() :: <<_:8, Y:_*8>>.
-type t() :: #r{a}.
-type t() :: -a.
-type t() :: 1 + 2 * 3.
-type t() :: 1 div 2.
-type t() :: bnot 1.
-type t() :: #{a, b}.
-type t() :: #{a => b, ...}.
-type t() :: a | b :: c.
-type t() :: X :: b | c.
-callback m:f() -> a.
-callback f(X) -> a when X :: b, Y :: c.
-spec f(X :: a, b) -> a.
-spec f(...) -> a.
-spec f(a) -> b, c.
-spec(f(a) -> b; (c) -> d).
-behaviour("a").
-behaviour(A).
-on_load(f).
-import(m, [a]).
-import("m", []).
-module('a b').
-module(a.b).
-record(r, {a,}).
-dialyzer({nowarn_function, f/1}).
-deprecated([{f, 1, "x"}]).
-foo([a|b]).
-foo($a).
-foo(#r{}).
-foo("a" ++ "b").
-foo(<<"abc":8>>).
-foo(<<1:X>>).
-foo(- 1.5).
-foo(+1).
-foo(bnot 1).
-foo(not true).
-foo(a:b/1).
-foo(A/1).
-foo(a/1.5).
-foo(1/2).
-export(f/1, g/2).
-compile(fun a/1).
-compile(X).
-vsn(foo()).
-else.
-maybe(a).
-maybe [a].
