-module(import_auto_no).
-compile(no_auto_import).
-import(m, [is_atom/1]).
-export([f/1]).
f(X) when is_atom(X) -> is_atom(X), is_list(X);
f(X) when is_list(X) -> is_record(X, foo).
