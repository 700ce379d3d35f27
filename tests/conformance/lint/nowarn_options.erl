-module(nowarn_options).
-compile([nowarn_unused_vars, nowarn_unused_record, nowarn_unused_type, nowarn_shadow_vars, nowarn_obsolete_guard, nowarn_format, nowarn_unused_function]).
-record(r, {a}).
-type t() :: a.
-export([f/1]).
f(X) ->
    Y = 1,
    io:format("~p", []),
    fun(X) when list(X) -> X end.
g() -> ok.
