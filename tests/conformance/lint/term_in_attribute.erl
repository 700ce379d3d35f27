-module(term_in_attribute).
-vsn({a, [1, 2, "abc", 1.0, $a, -1, <<"x">>, #{a => b}]}).
-export([f/1]).
f(X) -> X.
