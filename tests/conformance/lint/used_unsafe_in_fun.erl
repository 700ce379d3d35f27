-module(used_unsafe_in_fun).
-export([f/1]).
f(X) ->
    case X of 1 -> A = 1; _ -> ok end,
    (fun() -> A end)(),
    A.
