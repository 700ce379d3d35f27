-module(spec_import).
-import(lists, [map/2]).
-export([f/0]).
-spec map(X, Y) -> {X, Y}.
f() -> map(1, 2).
