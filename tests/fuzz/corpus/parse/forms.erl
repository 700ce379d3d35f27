f() -> cond.
f() -> let.
f() -> X = catch foo().
f() -> 1 + catch foo().
f() -> [catch a, (catch b)].
f() -> g(catch a).
f() -> catch a = b.
f() -> catch a, b.
f() -> not a == b.
f() -> - - 1.
f() -> -1 + 2 * 3.
f() -> a < b < c.
f() -> a ! b ! c = d.
f() -> a orelse b andalso c.
f() -> a = b ! c.
f() -> a:b:c().
f() -> a:b().
f() -> (a):b(c).
f() -> a:b.
f() -> fun a:b/1.
f() -> fun A:B/C.
f() -> fun f/1, fun() -> ok end, fun F(X) -> X; F(Y) -> Y end.
f() -> fun ?X.
f() -> X#r.a#r.b.
f() -> X#r{a=1}#r{b=2}.
f() -> #r{a=1}.b.
f() -> #r.a.
f() -> #r{_ = 1}.
f() -> X#{a => 1, b := 2}#{c => 3}.
f() -> #{}.
f() -> foo()#r.a.
f() -> m:foo()#r.a.
f() -> -X#r.a.
f() -> <<1:8/integer-unit:8, X:Y, (a+b)/binary, -1, "abc":8>>.
f() -> << <<X>> || <<X>> <= Y, X > 1>>.
f() -> [X || X <- L, Y <= B, foo].
f() -> << a + b >>.
f() -> "a" "b" "c".
f() -> try a of b -> c catch d -> e; throw:f -> g; C:R:S -> h after i end.
f() -> try a after b end.
f() -> try a end.
f() -> receive after 1 -> b end.
f() -> receive a -> b after 1 -> c end.
f() -> receive end.
f() -> if a, b; c -> d; true -> e end.
f() -> case a of b when c -> d; e -> f end.
f() -> begin a, b end.
f() -> begin end.
f(X) when X; Y, Z -> ok; f(Y) -> ok.
f(X) -> ok; g(X) -> ok.
f(X) -> ok; f(X, Y) -> ok.
f() -> fun (a) -> b; (a, b) -> c end.
f() -> fun F(a) -> b; G(b) -> c end.
f(X) -> a, b
f(X) -> .
f(X) -> a,, b.
f(X) -> a b.
f(X) -> case X of a -> b.
f(X) -> [a, b.
f(X) -> foo(a.
f.
f() ok.
F(X) -> ok.
1.
-foo.
-foo().
-foo(bar).
-foo(bar, baz).
-foo bar.
-foo bar, baz.
-foo bar:baz.
-module(a).
-module(a, [b]).
-module("a").
-module(A).
-export([a/1]).
-export([a/1|b]).
-export(a/1).
-export([a]).
-export a/1.
-import(a, [b/1]).
-import(a).
-import(a.b).
-record(r, {a, b = 1, c :: integer(), d = 2 :: integer() | atom()}).
-record(r, {a, B}).
-record(r).
-record(r, {}).
-record('r', {a}).
-record(R, {a}).
-record(r, [a]).
-type t() :: integer().
-type t(A, B) :: {A, B}.
-type t :: a.
-opaque t() :: [].
-type t() :: a, b.
-type(t() :: a).
-spec f(integer()) -> atom().
-spec f(X) -> Y when X :: integer(), Y :: atom(); (a) -> b.
-spec m:f(X) -> X when is_subtype(X, integer()).
-spec(f() -> ok).
-callback f() -> ok.
-spec f() -> fun().
-spec f() -> fun((...) -> a).
-spec f() -> fun(() -> a).
-spec f() -> fun((a,b) -> a).
-spec f() -> <<>>.
-spec f() -> <<_:8>>.
-spec f() -> <<_:_*8>>.
-spec f() -> <<_:8,_:_*8>>.
-spec f() -> [a, ...] | [b] | [].
-spec f() -> {} | {a} | tuple().
-spec f() -> #{a := b, c => d} | #{}.
-spec f() -> #r{} | #r{a :: b}.
-spec f() -> 1..2 | -1..+3 | 1 bsl 2 .. 1 + 4 | $a.
-spec f() -> A :: b | C :: d.
-spec f() -> m:t(a).
-spec f() -> ((a)).
-spec f() -> a when.
-spec f() -> X when is_foo(X, a).
-spec f.
-spec foo.
-spec f(a).
-behaviour(gen_server).
-behavior(a).
-on_load(f/0).
-compile([a, {b,c}]).
-compile(a).
-vsn("1").
-vsn(1.5).
-author({a,b}).
-foo(fun a:b/1).
-foo(fun() -> a end).
-foo(a + 1).
-foo(-1).
-foo(1+2).
-foo(f(x)).
-foo(a/1).
-foo([a/1]).
-foo({a/1, b}).
-foo(#{a => 1}).
-foo(<<1,2>>).
-foo(X).
-foo("a" "b").
-optional_callbacks([a/1]).
-export_type([t/0]).
-file("a", 1).
-type f() :: a | .
-if(a).
-spec f(a) -> b; (c) -> d; .
-(a).
-.
