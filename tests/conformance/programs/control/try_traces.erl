-module(try_traces).
-export([main/0]).
main() -> try nest(20) catch _:_:S -> io:format("~p~n", [S]) end, try deep(20) catch _:_:S2 -> io:format("~p~n", [S2]) end,try da(20) catch _:_:S3 -> io:format("~p~n", [S3]) end, ok.
nest(0) -> throw(bottom);
nest(N) -> try nest(N - 1) after io:format("after ~w~n", [N]) end.
deep(0) -> throw(bottom);
deep(N) -> 1 + deep(N - 1).
da(0) -> throw(bottom);
da(N) -> try 1 + da(N - 1) after put(x, 1) end.
