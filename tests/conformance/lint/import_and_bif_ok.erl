-module(import_and_bif_ok).
-import(erlang, [length/1, md5/1, garbage_collect/0]).
-export([f/1]).
f(X) when length(X) > 1 -> {md5(X), length(X)}.
