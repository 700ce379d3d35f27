-module(bit_types_utf).
-export([f/1]).
f(X) ->
    {<<X:8/utf8>>, <<X/utf8-unit:8>>, <<X/utf16-little>>, <<X/utf32-signed>>, <<"abc"/utf8>>, <<"abc":8>>, <<"abc"/utf8-little>>}.
