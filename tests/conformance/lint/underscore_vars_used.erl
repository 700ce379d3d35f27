-module(underscore_vars_used).
-export([f/1]).
f(_X) -> _X + _Y.
