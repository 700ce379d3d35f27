-module(registering).
-export([main/0]).
main() ->
    P = spawn(fun() -> receive x -> ok end end), D = spawn(fun() -> ok end), timer:sleep(20),
    register(one, P),
    Try = fun(F) -> io:format("~p~n", [try F() catch _:R:S -> {R, lists:sublist([{N, I} || {_, N, _, I} <- S], 1)} end]) end,
    Try(fun() -> register(one, self()) end), Try(fun() -> register(two, P) end), Try(fun() -> register(one, P) end), Try(fun() -> register(two, D) end), Try(fun() -> register(undefined, self()) end), Try(fun() -> register(a, b) end), Try(fun() -> register("x", self()) end), Try(fun() -> register(one, D) end),Try(fun() -> unregister(nope) end), Try(fun() -> unregister(1) end), Try(fun() -> whereis(1) end), exit(P, kill).
