-module(bit_types_binary).
-export([f/1]).
f(X) ->
    {<<X/binary>>, <<X:8/binary>>, <<X/binary-signed>>, <<X/bytes>>, <<X/bits>>, <<X/bitstring>>, <<X/binary-unit:7>>, <<X/bitstring-unit:3>>}.
