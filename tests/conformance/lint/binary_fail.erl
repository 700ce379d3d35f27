-module(binary_fail).
-export([f/1]).
f(X) ->
    {<<a>>, <<X/binary, "abc"/binary>>, <<1.0>>, <<1.0:32/float>>, <<1:a>>, <<"abc":16>>, <<[X]/binary>>, <<{}/bits>>, <<1/float>>, <<-1/utf8>>, <<a/utf8>>, <<1:(-1)>>, <<(<<1>>)>>}.
