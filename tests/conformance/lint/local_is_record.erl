-module(local_is_record).
-export([f/1, is_record/2]).
f(X) -> is_record(X, foo).
is_record(_, _) -> ok.
