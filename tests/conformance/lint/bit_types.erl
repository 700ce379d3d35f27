-module(bit_types).
-export([f/1]).
f(X) ->
    <<X:8/foo>>,
    <<X/integer-float>>,
    <<X/signed-unsigned>>,
    <<X/big-little>>,
    <<X/unit:8>>,
    <<X:2/unit:8-unit:4>>,
    <<X:2/unit:300>>,
    <<X:2/unit:0>>.
