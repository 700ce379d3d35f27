-module(pattern_underscore_repeat).
-export([f/1, g/1]).
f({_A, _A}) -> ok.
g(_B) ->
    _B = 1,
    _B.
