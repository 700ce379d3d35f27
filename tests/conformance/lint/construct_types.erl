-module(construct_types).
-export([f/1]).
f(X) ->
    {<<X:8/foo:9>>, <<X:8/unit>>, <<X/binary-integer>>, <<X/utf8-utf16>>, <<X/utf8-binary>>, <<X:8/utf8-foo>>, <<X/signed-big-signed-little>>, <<X/native-big>>, <<X/native>>, <<X:4/binary-bits>>, <<X/bits-binary>>, <<X/bits-bytes>>}.
