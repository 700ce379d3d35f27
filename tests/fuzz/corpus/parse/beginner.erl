-module(e1).
-export([f/0]).
f() ->
	X = 1,
	Y = "日本語" <= X
	foo(X).

g(A) ->
    case A of
        1 -> ok;
        2 -> bad
.

h() -> if true -> 1 else 2 end.

i(X) -> X != 2.
j(X) -> X && 3; k() -> 2.
l() -> foo(1, 2.
m() -> [1, 2.
n() -> ok

o() -> ok.
P(X) -> 2.
q() -> 1 // comment
.
r(1) -> a;
r(2) -> case foo of;
r(3) -> b;
r(4) -> end.
s() -> "unterminated.
