-module(bit_types_float).
-export([f/1]).
f(X) ->
    {<<X:8/float>>, <<X:32/float>>, <<X:64/float>>, <<X:16/float>>, <<X:80/float>>, <<X:2/float-unit:32>>, <<X/float-unit:64>>}.
