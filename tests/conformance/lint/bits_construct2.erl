-module(bits_construct2).
-export([f/1]).
f(X) ->
    F = <<X:_>>, E = <<(X):(foo(X))>>,
    H = <<"abc":16/integer>>, I = <<"abc"/float>>, J = <<"a"/utf8-signed>>, K = <<X/unit:8>>, L = <<X/binary-unit:8>>, M = <<X:8/binary-unit:16>>, N = <<X/bitstring-unit:8>>,
    {F, E, H, I, J, K, L, M, N, <<X/bytes-bits>>, <<X/bits-bitstring>>, <<X/unit:8-unit:8>>, <<X/signed-signed>>, <<X/bytes-unit:1>>, <<X/utf8-unit:1>>, <<X:1/utf8>>, <<X:16/float>>, <<X:17/float>>, <<X:0/float>>, <<X:1/float-unit:16>>, <<X/integer-unit:1>>}.
