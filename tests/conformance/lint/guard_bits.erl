-module(guard_bits).
-export([f/2]).
f(X, Y) when <<X:Y>> =:= <<X:(Y + 1), Z/binary>>, <<X/foo>> =:= Y; <<X:(foo(X))>> =:= Y; <<(foo(X)):8>> -> ok.
