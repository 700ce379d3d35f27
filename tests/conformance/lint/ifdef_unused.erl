-module(ifdef_unused).
-ifdef(NOPE).
f() -> x.
-endif.
-export([g/0]).
g() -> ok.
