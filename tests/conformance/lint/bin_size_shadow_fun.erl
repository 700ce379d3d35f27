-module(bin_size_shadow_fun).
-export([f/1]).
f(N) ->
    F = fun(<<N, X:N>>) -> X end,
    G = fun(N, <<X:N>>) -> X end,
    [X || <<X:N>> <= F],
    [X || {N, <<X:N>>} <- G].
