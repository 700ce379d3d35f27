%% Decision trees: one look at each part, whatever the clauses repeat.
-module(matching).
-export([area/1, classify/1, merge/2, lookup/2, day/1]).
-record(square, {side}).

area({circle, R}) -> R * R;
area({rectangle, W, H}) -> W * H;
area(#square{side = S}) -> S * S;
area({triangle, _, _, _} = T) -> T.

classify([]) -> empty;
classify([_]) -> one;
classify([A, A]) -> twins;
classify([_ | _]) -> many;
classify("text" ++ Rest) -> Rest;
classify(_) -> none.

merge([A | As], [B | Bs]) when A =< B -> [A | merge(As, [B | Bs])];
merge([A | As], [B | Bs]) -> [B | merge([A | As], Bs)];
merge([], Bs) -> Bs;
merge(As, []) -> As.

lookup(K, [{K, V} | _]) -> {ok, V};
lookup(K, [_ | T]) -> lookup(K, T);
lookup(_, []) -> error.

day(1) -> monday;
day(2) -> tuesday;
day(N) when N > 7; N < 1 -> exit({no_day, N});
day(_) -> other.
