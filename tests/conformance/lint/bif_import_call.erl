-module(bif_import_call).
-compile({no_auto_import, [size/1]}).
-import(m, [size/1]).
-export([f/1, g/1]).
f(X) -> size(X).
g(X) when size(X) > 1 -> X.
