-module(integer_overflow).
-export([f/1]).
f(X) -> <<X:8/integer-unit:256, 1:(1 bsl 70)>>.
