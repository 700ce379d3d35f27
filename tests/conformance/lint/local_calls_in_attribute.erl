-module(local_calls_in_attribute).
-compile({no_auto_import, [{length, 1}, size/1]}).
-export([f/1]).
f(X) -> length(X) + size(X).
