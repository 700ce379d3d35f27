-module(bit_pattern_size).
-export([f/1, g/2]).
f(<<_:(-1)>>) -> ok;
f(<<_:a>>) -> ok;
f(<<_:1.0>>) -> ok;
f(<<_:"a">>) -> ok;
f(<<_:(f(1))>>) -> ok;
f(<<_:all>>) -> ok;
f(<<_:0>>) -> ok.
g(X, <<_:(X + 1), _:(length(X))>>) -> ok;
g(X, <<_:(foo(X)), _:(lists:foo(X)), _:(X ! 1), _:[X]>>) -> ok.
