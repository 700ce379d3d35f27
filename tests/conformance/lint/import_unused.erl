-module(import_unused).
-import(lists, [map/2, foldl/3]).
-export([f/0]).
f() -> map(fun(X) -> X end, [1]).
