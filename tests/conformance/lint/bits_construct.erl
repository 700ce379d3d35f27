-module(bits_construct).
-export([f/1]).
f(X) ->
    A = <<X:a>>, B = <<X:1.0>>, C = <<X:"a">>, D = <<X:{1}>>, E = <<(X):(foo(X))>>, F = <<X:_>>,
    G = <<"abc"/binary>>, H = <<"abc":16/integer>>, I = <<"abc"/float>>, J = <<"a"/utf8-signed>>, K = <<"ab"/utf16:3>>,
    {A, B, C, D, E, F, G, H, I, J, K}.
