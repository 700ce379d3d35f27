-module(guard_float_call).
-export([f/1]).
f(X) when float(X) > 1 -> ok;
f(X) when float(X) -> ok;
f(X) when not float(X) -> ok.
