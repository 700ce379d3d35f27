-module(pattern_unary_minus_var).
-export([f/1]).
f(-X) -> X;
f(+1) -> ok;
f(-(-1)) -> ok;
f(-"a") -> ok;
f(1 + $a) -> ok;
f(1 div 0) -> ok;
f(1 rem 2) -> ok;
f(1 band 3 bor 4 bxor 5) -> ok;
f(16 bsr 1) -> ok;
f(2.0 * 3) -> ok.
