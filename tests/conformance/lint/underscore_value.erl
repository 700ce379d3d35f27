-module(underscore_value).
-export([f/1]).
f(_) ->
    A = _,
    {_, A}.
