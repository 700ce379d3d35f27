-module(type_spec_for_nonlocal).
-spec lists:map(X, Y) -> {X, Y}.
-export([f/0]).
f() -> ok.
