-module(bit_pattern_value).
-export([f/1]).
f(<<(1 + 2):8>>) -> ok;
f(<<{a}:8>>) -> ok;
f(<<a:8>>) -> ok;
f(<<-1:8>>) -> ok;
f(<<1.0/float>>) -> ok;
f(<<"x", X, X>>) -> ok;
f(<<_, [] >>) -> ok;
f(<<(X = 1)>>) -> ok.
