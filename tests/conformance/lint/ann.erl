-module(ann).
-type a() :: X :: integer().
-export_type([a/0]).
-spec f(X :: integer(), Y :: atom()) -> Z :: atom().
f(_, Y) -> Y.
