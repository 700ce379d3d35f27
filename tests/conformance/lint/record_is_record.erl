-module(record_is_record).
-record(r, {a}).
-export([f/2]).
f(X, Y) ->
    is_record(X, r), is_record(X, s), is_record(X, Y), is_record(X, r, 3), erlang:is_record(X, t).
