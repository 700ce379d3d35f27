-module(clause_never_matches).
-export([f/1, g/1, h/1, i/2, j/1]).
f(X) -> X;
f(1) -> 2.
g(X) ->
    case X of
        _ -> 1;
        2 -> 2;
        3 -> 3
    end.
h(X) when X > 1 -> 1;
h(_) -> 2;
h(Y) -> Y.
i(A, B) -> {A, B};
i(_, _) -> ok.
j(X) ->
    if true -> X;
       X -> 1
    end.
