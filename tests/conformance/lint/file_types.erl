-module(file_types).
-file("file_types.erl", 10).
-record(a, {x}).
-file("other.hrl", 1).
-record(b, {x}).
-type t() :: a.
-export([f/0]).
f() -> ok.
