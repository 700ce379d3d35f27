-module(ann_used).
-spec f(X :: integer()) -> X.
-spec g(X :: integer(), X) -> ok.
-type t(A) :: {A :: integer()}.
-type u(A) :: {B :: A, B}.
-export_type([t/1, u/1]).
f(X) -> X.
g(_, _) -> ok.
