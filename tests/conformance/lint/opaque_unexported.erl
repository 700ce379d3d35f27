-module(opaque_unexported).
-opaque t() :: integer().
-export([f/0]).
-spec f() -> t().
f() -> 1.
