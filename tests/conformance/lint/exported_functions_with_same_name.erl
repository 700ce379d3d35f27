-module(exported_functions_with_same_name).
-export([f/1]).
f(X) when is_integer(X), X > 0, is_list(foo) -> X.
