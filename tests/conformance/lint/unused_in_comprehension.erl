-module(unused_in_comprehension).
-export([f/1]).
f(L) ->
    [ok || A <- L],
    [A || {A, B} <- L],
    << <<1>> || <<C>> <= L >>.
