-module(order2).
-compile([nowarn_unused_vars, warn_unused_vars]).
-export([f/1]).
f(X) -> ok.
