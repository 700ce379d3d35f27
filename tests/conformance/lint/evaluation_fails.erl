-module(evaluation_fails).
-export([f/1]).
f(X) ->
    1 + a,
    X + a,
    1 div 0,
    atom_to_list(1),
    hd([]),
    element(3, {1}),
    X = 1 / 0,
    not 1.
