-module(spec_unused_function).
-export([f/0]).
f() -> ok.
-spec g() -> ok.
g() -> ok.
