-module(spec_positions).
-spec
  f(X) ->
     nosuch(X).
f(X) -> X.
-spec g() -> ok | 
   zork().
g() -> ok.
-callback
   h(A) -> B.
-type
  k(A) :: nil.
-record(
   r,
   {a, a}).
-export(
 [f/1, nosuch/0]).
