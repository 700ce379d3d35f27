-module(bignums).
-export([main/0]).
main() ->
    B = [0, 1, -1, 1 bsl 59, 1 bsl 60, 1 bsl 61, 1 bsl 62, 1 bsl 63, 1 bsl 64, -(1 bsl 59), -(1 bsl 60), -(1 bsl 62), -(1 bsl 63), -(1 bsl 64), (1 bsl 64) - 1, 123456789012345678901234567890, -98765432109876543210],
    [io:format("~w ~w: ~w ~w ~w ~w ~w ~w ~w ~w ~w~n", [X, Y, X + Y, X - Y, X * Y, d(X, Y), r(X, Y), X band Y, X bor Y, X bxor Y, X < Y]) || X <- B, Y <- B],
    [io:format("~w ~w ~w ~w ~w ~w~n", [X, -X, bnot X, abs(X), s(X, 3), s(X, -3)]) || X <- B],
    [io:format("~w ~w~n", [catch X bsl N, catch X bsr N]) || X <- [0, 1, -1, 1 bsl 70, -(1 bsl 70)], N <- [0, 1, 63, 64, 65, 128, -1, -64, -200]],
    io:format("~w~n", [pow(3, 500)]), io:format("~w~n", [pow(7, 100) rem pow(5, 60)]), io:format("~w~n", [pow(7, 100) div -pow(5, 60)]), io:format("~w~n", [fact(100)]),
    io:format("~w ~w ~w~n", [pow(2, 100) * 1.0, pow(2, 1023) / 3, trunc(1.0e30)]), io:format("~w~n", [list_to_integer("123456789012345678901234567890") =:= hd(lists:nthtail(15, B))]),
    io:format("~w ~w~n", [integer_to_list(pow(2, 200), 16), list_to_integer("ffffffffffffffffffffffff", 16)]), io:format("~w~n", [lists:sort(B)]), io:format("~w~n", [[X =:= Y || X <- B, Y <- [1 bsl 60, 1152921504606846976]]]), io:format("~w~n", [[round(1.0e20), round(-2.5), trunc(-2.5), float(1 bsl 80), 1 bsl 80 == 1208925819614629174706176.0]]),
    io:format("~w ~w~n", [catch pow(10, 400) * 1.0, catch (1 bsl 1100) / 2]), io:format("~w~n", [gcd(pow(6, 50), pow(4, 60))]), io:format("~w~n", [isqrt(pow(10, 60) + 12345)]), io:format("~w~n", [[erlang:phash2(X) || X <- B]]).
d(_, 0) -> z; d(X, Y) -> X div Y.
r(_, 0) -> z; r(X, Y) -> X rem Y.
s(X, N) -> X bsl N.
pow(_, 0) -> 1; pow(B, E) when E rem 2 =:= 0 -> H = pow(B, E div 2), H * H; pow(B, E) -> B * pow(B, E - 1).
fact(0) -> 1; fact(N) -> N * fact(N - 1).
gcd(A, 0) -> A; gcd(A, B) -> gcd(B, A rem B).
isqrt(N) -> isqrt(N, N). isqrt(N, X) -> Y = (X + N div X) div 2, if Y >= X -> X; true -> isqrt(N, Y) end.
