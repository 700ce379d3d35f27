-module(float_operations).
-export([main/0,a/2,b/1,c/1,d/1,e/1,f/1,g/2,h/1]).
a(A,B) -> A/B.
b(A) -> A/0.
c(A) -> A/0.0.
d(A) -> 1/A.
e(A) -> A*1.0.
f(A) -> 1.0+A.
g(A,B) -> A/B*2.0 + 1.
h(A) -> A + 1.0 - 2.
main() ->
    Try = fun(F) -> io:format("~p~n", [try F() catch _:R:S -> {R, lists:sublist([{N, A,I} || {_, N, A, I} <- S], 2)} end]) end,
    Try(fun() -> a(1,0) end), Try(fun() -> a(a,0) end),Try(fun() -> a(1,0.0) end),Try(fun() -> b(1) end),Try(fun() -> b(a) end),Try(fun() -> c(1) end),Try(fun() -> c(a) end),Try(fun() -> d(0) end),Try(fun() -> d(a) end),Try(fun() -> e(a) end),Try(fun() -> f(a) end),Try(fun() -> g(1,0) end),Try(fun() -> g(a,1) end), Try(fun() -> h(a) end), Try(fun() -> e(1 bsl 2000) end), Try(fun() -> h(1 bsl 2000) end), Try(fun() -> e(1.0e308)*10.0 end).
