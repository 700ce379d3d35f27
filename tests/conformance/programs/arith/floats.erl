-module(floats).
-export([main/0, negate/1]).
main() ->
    P = fun(X) -> io:format("~w ~p~n", [X, X]) end,
    Xs = [0.0, 1.0, -1.5, 0.1, 1.0e10, 1.0e21, 1.0e22, 1.0e23, 123456789.123, 1.0e-5, 1.0e-4, 0.001, 3.141592653589793, 1.7976931348623157e308,
          2.2250738585072014e-308, 5.0e-324, 100000.0, 1234567.0, 1.0e15, 1.0e16, 1.0e17, 9007199254740993.0],
    [P(X) || X <- Xs], [P(-X) || X <- tl(Xs)],
    [P({A, B, try_(fun() -> A + B end), try_(fun() -> A - B end), A < B, A == B, try_(fun() -> A * B end), try_(fun() -> A / B end)}) || A <- Xs, B <- [1.5, -2.25, 0.1, 1.0e300]],
    [P({trunc(X), round(X), floor(X), ceil(X)}) || X <- [0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 1.0e20, 123.456, -123.999]],
    [P(try_(fun() -> A + B end)) || A <- [1, 2.5, a, [], 1 bsl 2000], B <- [1, 2.5, b]],
    P(1 == 1.0), P(1 =:= 1.0), P(1 < 1.0), P(1.0 =< 1), P(12345678901234567890 == 12345678901234567890.0), P(9007199254740993 == 9007199254740992.0),
    P(float(7)), P(7 / 2), P(8 / 2), P(0.0 == -0.0), P(0.0 =:= -0.0), P(math(2)), P(float_to_list(0.1)), P(list_to_float("1.5e3")),
    P(float_to_list(3.14159, [{decimals, 2}])), P(float_to_list(3.0, [{decimals, 4}, compact])), P(float_to_list(1234.5, [{scientific, 3}])),
    [P([negate(Z), negate_product(Z), difference(Z)]) || Z <- [zero(), -1.0 * zero(), 1.5]],
    P(min(1, 1.0)), P(max(1, 1.0)), P(max(1.0, 1)), P(min(a, 1)).
math(X) -> X * 1.0.
negate(X) -> -X.
negate_product(X) -> Y = X * 1.0, -Y.
difference(X) -> 0 - X.
zero() -> list_to_float("0.0").
try_(F) -> try F() catch C:R -> {C, R} end.
