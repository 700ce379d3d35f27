-module(import_pred).
-import(m, [foo/1]).
-export([f/1]).
f(X) when foo(X) -> foo(X).
