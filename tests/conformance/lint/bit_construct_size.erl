-module(bit_construct_size).
-export([f/1]).
f(X) ->
    {<<X:Y>>, <<X:(-1)>>, <<X:a>>, <<X:(X + 1)>>, <<1:X/binary>>, <<X:all/binary>>, <<X:1.0>>, <<X:"a">>}.
