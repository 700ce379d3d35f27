-module(pattern_op_vars).
-export([f/1]).
f(X) ->
    <<X:16, Y:X>> = X,
    #{X := Z, Z := W} = X,
    {Y, W}.
