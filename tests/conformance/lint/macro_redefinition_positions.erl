-module(macro_redefinition_positions).
-define(X, Undefined1).
-define(F(A), A + Undefined2).
-export([f/0]).
f() ->
    ?X, ?F(1),
    ?F(?X).
