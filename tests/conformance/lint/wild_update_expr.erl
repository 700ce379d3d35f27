-module(wild_update_expr).
-record(r, {a}).
-export([f/0]).
f() -> (foo())#r{_ = bar()}.
