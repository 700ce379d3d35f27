-module(pattern_consts).
-export([f/1]).
f(1.0 band 2) -> ok;
f(1 bsl 1000) -> ok;
f(1.0 div 2) -> ok;
f(1.0 / 0) -> ok;
f(1.0e308 * 10) -> ok;
f(1 bsl (1 bsl 70)) -> ok;
f(-(1.0)) -> ok;
f(bnot 1.0) -> ok;
f($a + 1) -> ok;
f((1 + 2) * 3) -> ok;
f({1 + a}) -> ok;
f(1 andalso 2) -> ok;
f(1 ! 2) -> ok;
f(catch 1) -> ok.
