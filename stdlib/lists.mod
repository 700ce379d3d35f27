%% lists: everything OTP 25's module exports, with its results and its errors.
%%
%% member/2, reverse/2, keyfind/3, keymember/3 and keysearch/3 are natives, as in OTP (natives/lists.cpp). sort/1 and keysort/2
%% have pieces of the list sorted by natives and merge them here, so that no list, however long, holds a scheduler.
%% DEVIATION: sort/1 keeps equal elements (1 and 1.0) in their order; OTP's order of those is another in some lists.
-module(lists).
-file("lists.erl", 8).

-compile({no_auto_import, [max/2, min/2]}).

-export([all/2, any/2, append/1, append/2, concat/1, delete/2, droplast/1, dropwhile/2, duplicate/2, enumerate/1, enumerate/2,
         filter/2, filtermap/2, flatlength/1, flatmap/2, flatten/1, flatten/2, foldl/3, foldr/3, foreach/2, join/2, keydelete/3,
         keymap/3, keymerge/3, keyreplace/4, keysort/2, keystore/4, keytake/3, last/1, map/2, mapfoldl/3, mapfoldr/3, max/1,
         merge/1, merge/2, merge/3, merge3/3, min/1, nth/2, nthtail/2, partition/2, prefix/2, reverse/1, rkeymerge/3, rmerge/2,
         rmerge/3, rmerge3/3, rukeymerge/3, rumerge/2, rumerge/3, rumerge3/3, search/2, seq/2, seq/3, sort/1, sort/2, split/2,
         splitwith/2, sublist/2, sublist/3, subtract/2, suffix/2, sum/1, takewhile/2, ukeymerge/3, ukeysort/2, umerge/1, umerge/2,
         umerge/3, umerge3/3, uniq/1, uniq/2, unzip/1, unzip3/1, usort/1, usort/2, zf/2, zip/2, zip3/3, zipwith/3, zipwith3/4]).

%% -- building and taking apart

append(A, B) -> A ++ B.

append([E]) -> E;
append([H | T]) -> H ++ append(T);
append([]) -> [].

subtract(A, B) -> A -- B.

reverse([] = L) -> L;
reverse([_] = L) -> L;
reverse([A, B]) -> [B, A];
reverse([A, B | L]) -> lists:reverse(L, [B, A]).

nth(1, [H | _]) -> H;
nth(N, [_ | T]) when N > 1 -> nth(N - 1, T).

nthtail(0, []) -> [];
nthtail(0, [_ | _] = L) -> L;
nthtail(1, [_ | T]) -> T;
nthtail(N, [_ | T]) when N > 1 -> nthtail(N - 1, T).

last([H | T]) -> last(H, T).

last(E, []) -> E;
last(_, [H | T]) -> last(H, T).

droplast([_]) -> [];
droplast([H | T]) -> [H | droplast(T)].

prefix([X | A], [X | B]) -> prefix(A, B);
prefix([], L) when is_list(L) -> true;
prefix([_ | _], L) when is_list(L) -> false.

suffix(A, B) ->
    Delta = length(B) - length(A),
    Delta >= 0 andalso nthtail(Delta, B) =:= A.

seq(From, To) when is_integer(From), is_integer(To), From - 1 =< To -> seq_down(From, To, 1, []).

seq(From, To, Step) when is_integer(From), is_integer(To), is_integer(Step) ->
    if
        Step > 0, From =< To; Step < 0, From >= To -> seq_down(From, From + (To - From) div Step * Step, Step, []);
        Step > 0, From - Step =< To; Step < 0, From - Step >= To -> [];
        Step =:= 0, From =:= To -> [From];
        true -> error(badarg, [From, To, Step])
    end;
seq(From, To, Step) -> error(badarg, [From, To, Step]).

%% From, From + Step ... To, built from its end; nothing when To is one step before From.
seq_down(From, To, Step, Acc) when From =:= To + Step -> Acc;
seq_down(From, To, Step, Acc) -> seq_down(From, To - Step, Step, [To | Acc]).

duplicate(N, X) when is_integer(N), N >= 0 -> duplicate(N, X, []).

duplicate(0, _, L) -> L;
duplicate(N, X, L) -> duplicate(N - 1, X, [X | L]).

sum(L) -> sum(L, 0).

sum([H | T], Sum) -> sum(T, Sum + H);
sum([], Sum) -> Sum.

max([H | T]) -> max(T, H).

max([H | T], Max) when H > Max -> max(T, H);
max([_ | T], Max) -> max(T, Max);
max([], Max) -> Max.

min([H | T]) -> min(T, H).

min([H | T], Min) when H < Min -> min(T, H);
min([_ | T], Min) -> min(T, Min);
min([], Min) -> Min.

delete(X, [X | T]) -> T;
delete(X, [H | T]) -> [H | delete(X, T)];
delete(_, []) -> [].

sublist(List, 1, Length) when is_list(List), is_integer(Length), Length >= 0 -> sublist_2(List, Length);
sublist([], Start, _) when is_integer(Start), Start > 1 -> [];
sublist([_ | T], Start, Length) when is_integer(Start), Start > 1 -> sublist(T, Start - 1, Length).

sublist(List, Length) when is_integer(Length), is_list(List) -> sublist_2(List, Length).

sublist_2([H | T], N) when N > 0 -> [H | sublist_2(T, N - 1)];
sublist_2(_, 0) -> [];
sublist_2(List, N) when is_list(List), N > 0 -> [].

split(N, List) when is_integer(N), N >= 0, is_list(List) ->
    case split(N, List, []) of
        {_, _} = Result -> Result;
        Fault when is_atom(Fault) -> error(Fault, [N, List])
    end;
split(N, List) -> error(badarg, [N, List]).

split(0, L, R) -> {reverse(R), L};
split(N, [H | T], R) -> split(N - 1, T, [H | R]);
split(_, [], _) -> badarg.

join(_, []) -> [];
join(Sep, [H | T]) -> [H | join_prepend(Sep, T)].

join_prepend(_, []) -> [];
join_prepend(Sep, [H | T]) -> [Sep, H | join_prepend(Sep, T)].

concat(List) -> flatmap(fun thing_to_list/1, List).

thing_to_list(X) when is_integer(X) -> integer_to_list(X);
thing_to_list(X) when is_float(X) -> float_to_list(X);
thing_to_list(X) when is_atom(X) -> atom_to_list(X);
thing_to_list(X) when is_list(X) -> X.

flatten(List) when is_list(List) -> do_flatten(List, []).

flatten(List, Tail) when is_list(List), is_list(Tail) -> do_flatten(List, Tail).

do_flatten([H | T], Tail) when is_list(H) -> do_flatten(H, do_flatten(T, Tail));
do_flatten([H | T], Tail) -> [H | do_flatten(T, Tail)];
do_flatten([], Tail) -> Tail.

flatlength(List) -> flatlength(List, 0).

flatlength([H | T], N) when is_list(H) -> flatlength(H, flatlength(T, N));
flatlength([_ | T], N) -> flatlength(T, N + 1);
flatlength([], N) -> N.

enumerate(List) when is_list(List) -> enumerate_1(1, List).

enumerate(Index, List) when is_integer(Index), is_list(List) -> enumerate_1(Index, List).

enumerate_1(Index, [H | T]) -> [{Index, H} | enumerate_1(Index + 1, T)];
enumerate_1(_, []) -> [].

%% -- zipping

zip([X | Xs], [Y | Ys]) -> [{X, Y} | zip(Xs, Ys)];
zip([], []) -> [].

unzip(L) -> unzip(L, [], []).

unzip([{X, Y} | T], Xs, Ys) -> unzip(T, [X | Xs], [Y | Ys]);
unzip([], Xs, Ys) -> {reverse(Xs), reverse(Ys)}.

zip3([X | Xs], [Y | Ys], [Z | Zs]) -> [{X, Y, Z} | zip3(Xs, Ys, Zs)];
zip3([], [], []) -> [].

unzip3(L) -> unzip3(L, [], [], []).

unzip3([{X, Y, Z} | T], Xs, Ys, Zs) -> unzip3(T, [X | Xs], [Y | Ys], [Z | Zs]);
unzip3([], Xs, Ys, Zs) -> {reverse(Xs), reverse(Ys), reverse(Zs)}.

zipwith(F, [X | Xs], [Y | Ys]) -> [F(X, Y) | zipwith(F, Xs, Ys)];
zipwith(F, [], []) when is_function(F, 2) -> [].

zipwith3(F, [X | Xs], [Y | Ys], [Z | Zs]) -> [F(X, Y, Z) | zipwith3(F, Xs, Ys, Zs)];
zipwith3(F, [], [], []) when is_function(F, 3) -> [].

%% -- with funs

map(F, List) when is_function(F, 1) ->
    case List of
        [H | T] -> [F(H) | map_1(F, T)];
        [] -> []
    end.

map_1(F, [H | T]) -> [F(H) | map_1(F, T)];
map_1(_, []) -> [].

flatmap(F, List) when is_function(F, 1) -> flatmap_1(F, List).

flatmap_1(F, [H | T]) -> F(H) ++ flatmap_1(F, T);
flatmap_1(_, []) -> [].

foldl(F, Acc, List) when is_function(F, 2) ->
    case List of
        [H | T] -> foldl_1(F, F(H, Acc), T);
        [] -> Acc
    end.

foldl_1(F, Acc, [H | T]) -> foldl_1(F, F(H, Acc), T);
foldl_1(_, Acc, []) -> Acc.

foldr(F, Acc, List) when is_function(F, 2) -> foldr_1(F, Acc, List).

foldr_1(F, Acc, [H | T]) -> F(H, foldr_1(F, Acc, T));
foldr_1(_, Acc, []) -> Acc.

filter(Pred, List) when is_function(Pred, 1) -> [E || E <- List, Pred(E)].

partition(Pred, L) when is_function(Pred, 1) -> partition_1(Pred, L, [], []).

partition_1(Pred, [H | T], As, Bs) ->
    case Pred(H) of
        true -> partition_1(Pred, T, [H | As], Bs);
        false -> partition_1(Pred, T, As, [H | Bs])
    end;
partition_1(_, [], As, Bs) -> {reverse(As), reverse(Bs)}.

filtermap(F, List) when is_function(F, 1) -> filtermap_1(F, List).

filtermap_1(F, [H | T]) ->
    case F(H) of
        true -> [H | filtermap_1(F, T)];
        {true, Value} -> [Value | filtermap_1(F, T)];
        false -> filtermap_1(F, T)
    end;
filtermap_1(_, []) -> [].

zf(F, L) -> filtermap(F, L).

foreach(F, List) when is_function(F, 1) -> foreach_1(F, List).

foreach_1(F, [H | T]) -> F(H), foreach_1(F, T);
foreach_1(_, []) -> ok.

mapfoldl(F, Acc, List) when is_function(F, 2) -> mapfoldl_1(F, Acc, List).

mapfoldl_1(F, Acc0, [H | T]) ->
    {R, Acc1} = F(H, Acc0),
    {Rs, Acc2} = mapfoldl_1(F, Acc1, T),
    {[R | Rs], Acc2};
mapfoldl_1(_, Acc, []) -> {[], Acc}.

mapfoldr(F, Acc, List) when is_function(F, 2) -> mapfoldr_1(F, Acc, List).

mapfoldr_1(F, Acc0, [H | T]) ->
    {Rs, Acc1} = mapfoldr_1(F, Acc0, T),
    {R, Acc2} = F(H, Acc1),
    {[R | Rs], Acc2};
mapfoldr_1(_, Acc, []) -> {[], Acc}.

all(Pred, List) when is_function(Pred, 1) ->
    case List of
        [H | T] ->
            case Pred(H) of
                true -> all_1(Pred, T);
                false -> false
            end;
        [] -> true
    end.

all_1(Pred, [H | T]) ->
    case Pred(H) of
        true -> all_1(Pred, T);
        false -> false
    end;
all_1(_, []) -> true.

any(Pred, List) when is_function(Pred, 1) ->
    case List of
        [H | T] ->
            case Pred(H) of
                true -> true;
                false -> any_1(Pred, T)
            end;
        [] -> false
    end.

any_1(Pred, [H | T]) ->
    case Pred(H) of
        true -> true;
        false -> any_1(Pred, T)
    end;
any_1(_, []) -> false.

takewhile(Pred, List) when is_function(Pred, 1) -> takewhile_1(Pred, List).

takewhile_1(Pred, [H | T]) ->
    case Pred(H) of
        true -> [H | takewhile_1(Pred, T)];
        false -> []
    end;
takewhile_1(_, []) -> [].

dropwhile(Pred, List) when is_function(Pred, 1) -> dropwhile_1(Pred, List).

dropwhile_1(Pred, [H | T] = Rest) ->
    case Pred(H) of
        true -> dropwhile_1(Pred, T);
        false -> Rest
    end;
dropwhile_1(_, []) -> [].

splitwith(Pred, List) when is_function(Pred, 1) -> splitwith_1(Pred, List, []).

splitwith_1(Pred, [H | T], Taken) ->
    case Pred(H) of
        true -> splitwith_1(Pred, T, [H | Taken]);
        false -> {reverse(Taken), [H | T]}
    end;
splitwith_1(_, [], Taken) -> {reverse(Taken), []}.

search(Pred, List) when is_function(Pred, 1) -> search_1(Pred, List).

search_1(Pred, [H | T]) ->
    case Pred(H) of
        true -> {value, H};
        false -> search_1(Pred, T)
    end;
search_1(_, []) -> false.

%% -- lists of tuples

keydelete(K, N, L) when is_integer(N), N > 0 -> keydelete3(K, N, L).

keydelete3(K, N, [H | T]) when element(N, H) == K -> T;
keydelete3(K, N, [H | T]) -> [H | keydelete3(K, N, T)];
keydelete3(_, _, []) -> [].

keyreplace(K, N, L, New) when is_integer(N), N > 0, is_tuple(New) -> keyreplace3(K, N, L, New).

keyreplace3(K, N, [H | T], New) when element(N, H) == K -> [New | T];
keyreplace3(K, N, [H | T], New) -> [H | keyreplace3(K, N, T, New)];
keyreplace3(_, _, [], _) -> [].

keystore(K, N, L, New) when is_integer(N), N > 0, is_tuple(New) -> keystore2(K, N, L, New).

keystore2(K, N, [H | T], New) when element(N, H) == K -> [New | T];
keystore2(K, N, [H | T], New) -> [H | keystore2(K, N, T, New)];
keystore2(_, _, [], New) -> [New].

keytake(K, N, L) when is_integer(N), N > 0 -> keytake(K, N, L, []).

keytake(K, N, [H | T], Passed) when element(N, H) == K -> {value, H, lists:reverse(Passed, T)};
keytake(K, N, [H | T], Passed) -> keytake(K, N, T, [H | Passed]);
keytake(_, _, [], _) -> false.

keymap(F, Index, [Tuple | T]) -> [setelement(Index, Tuple, F(element(Index, Tuple))) | keymap(F, Index, T)];
keymap(F, Index, []) when is_integer(Index), Index >= 1, is_function(F, 1) -> [].

keysort(N, L) when is_integer(N), N > 0 ->
    case L of
        [A, B | _] -> _ = element(N, A), _ = element(N, B), keysort_1(N, L);
        [_] -> L;
        [] -> L
    end.

keysort_1(N, L) when length(L) > 1 -> merge_key_pieces(N, sorted_key_pieces(N, L, [])).

%% The last piece first. A piece with an element that has no such key is sorted by a fun, which raises the right error.
sorted_key_pieces(_, [], Pieces) -> Pieces;
sorted_key_pieces(N, L, Pieces) ->
    case lists:'$keysort'(N, L) of
        {Piece, Rest} -> sorted_key_pieces(N, Rest, [Piece | Pieces]);
        badarg -> [sort_by(fun(A, B) -> element(N, A) =< element(N, B) end, L)]
    end.

merge_key_pieces(_, [Piece]) -> Piece;
merge_key_pieces(N, Pieces) -> merge_key_pieces(N, key_pass(N, Pieces, [])).

key_pass(N, [Later, Earlier | T], Merged) -> key_pass(N, T, [keymerge_2(N, Earlier, Later, []) | Merged]);
key_pass(_, Rest, Merged) -> reverse(Rest ++ Merged).

ukeysort(N, L) when is_integer(N), N > 0 ->
    case L of
        [A, B | _] -> _ = element(N, A), _ = element(N, B), drop_equal_keys(N, keysort_1(N, L));
        [_] -> L;
        [] -> L
    end.

drop_equal_keys(N, [A, B | T]) when element(N, A) == element(N, B) -> drop_equal_keys(N, [A | T]);
drop_equal_keys(N, [H | T]) -> [H | drop_equal_keys(N, T)];
drop_equal_keys(_, []) -> [].

%% Of two lists to merge one may be anything when the other is empty, as in OTP.
keymerge(N, A, B) when is_integer(N), N > 0 ->
    case B of
        [] -> A;
        [H | _] -> _ = element(N, H), keymerge_2(N, A, B, [])
    end.

keymerge_2(N, [A | As] = All, [B | Bs] = Other, Acc) ->
    case element(N, A) =< element(N, B) of
        true -> keymerge_2(N, As, Other, [A | Acc]);
        false -> keymerge_2(N, All, Bs, [B | Acc])
    end;
keymerge_2(_, As, [], Acc) -> lists:reverse(Acc, As);
keymerge_2(_, [], Bs, Acc) -> lists:reverse(Acc, Bs).

ukeymerge(N, A, B) when is_integer(N), N > 0 ->
    case A of
        [] -> B;
        [H | _] -> _ = element(N, H), ukeymerge_2(N, A, B, [])
    end.

ukeymerge_2(N, [A | As] = All, [B | Bs] = Other, Acc) ->
    KeyA = element(N, A),
    KeyB = element(N, B),
    if
        KeyA < KeyB -> ukeymerge_2(N, As, Other, [A | Acc]);
        KeyA == KeyB -> ukeymerge_2(N, All, Bs, Acc);
        true -> ukeymerge_2(N, All, Bs, [B | Acc])
    end;
ukeymerge_2(_, As, [], Acc) -> lists:reverse(Acc, As);
ukeymerge_2(_, [], Bs, Acc) -> lists:reverse(Acc, Bs).

%% Descending lists: the reverse of what merging their reverses gives.
rkeymerge(N, A, B) when is_integer(N), N > 0 ->
    case B of
        [] -> A;
        [H | _] -> _ = element(N, H), reverse(keymerge_2(N, reverse(A), reverse(B), []))
    end.

rukeymerge(N, A, B) when is_integer(N), N > 0 ->
    case B of
        [] -> A;
        [H | _] -> _ = element(N, H), reverse(ukeymerge_2(N, reverse(A), reverse(B), []))
    end.

%% -- sorting and merging

sort([_, _ | _] = L) when length(L) > 1 -> merge_pieces(sorted_pieces(L, []));
sort([_] = L) -> L;
sort([] = L) -> L.

%% The last piece first.
sorted_pieces([], Pieces) -> Pieces;
sorted_pieces(L, Pieces) ->
    {Piece, Rest} = lists:'$sort'(L),
    sorted_pieces(Rest, [Piece | Pieces]).

merge_pieces([Piece]) -> Piece;
merge_pieces(Pieces) -> merge_pieces(pass(Pieces, [])).

%% Of two neighbours the later is merged behind the earlier.
pass([Later, Earlier | T], Merged) -> pass(T, [merge_2(Earlier, Later, []) | Merged]);
pass(Rest, Merged) -> reverse(Rest ++ Merged).

merge_2([A | As], [B | _] = Bs, Acc) when A =< B -> merge_2(As, Bs, [A | Acc]);
merge_2([_ | _] = As, [B | Bs], Acc) -> merge_2(As, Bs, [B | Acc]);
merge_2(As, [], Acc) -> lists:reverse(Acc, As);
merge_2([], Bs, Acc) -> lists:reverse(Acc, Bs).

sort(F, []) when is_function(F, 2) -> [];
sort(F, [_] = L) when is_function(F, 2) -> L;
sort(F, [A, B | T] = L) ->
    %% The first question is asked here, so that what F does wrong is an error of sort/2.
    First = case F(A, B) of
                true -> [A, B];
                false -> [B, A]
            end,
    case T of
        [] -> First;
        _ -> sort_1(F, L)
    end.

sort_1(F, L) when length(L) > 2 -> sort_by(F, L).

%% Stable: A stays before B when F(A, B).
sort_by(F, L) ->
    {Sorted, []} = sort_by(F, L, length(L)),
    Sorted.

sort_by(_, [A | T], 1) -> {[A], T};
sort_by(F, [A, B | T], 2) ->
    case F(A, B) of
        true -> {[A, B], T};
        false -> {[B, A], T}
    end;
sort_by(F, L, N) ->
    Half = N div 2,
    {Left, Rest} = sort_by(F, L, Half),
    {Right, Tail} = sort_by(F, Rest, N - Half),
    {merge_by(F, Left, Right, []), Tail}.

merge_by(F, [A | As] = All, [B | Bs] = Other, Acc) ->
    case F(A, B) of
        true -> merge_by(F, As, Other, [A | Acc]);
        false -> merge_by(F, All, Bs, [B | Acc])
    end;
merge_by(_, As, [], Acc) -> lists:reverse(Acc, As);
merge_by(_, [], Bs, Acc) -> lists:reverse(Acc, Bs).

usort([_, _ | _] = L) when length(L) > 1 -> drop_equal(sort(L));
usort([_] = L) -> L;
usort([] = L) -> L.

drop_equal([A, B | T]) when A == B -> drop_equal([A | T]);
drop_equal([H | T]) -> [H | drop_equal(T)];
drop_equal([]) -> [].

usort(F, [_] = L) when is_function(F, 2) -> L;
usort(F, []) when is_function(F, 2) -> [];
usort(F, [_, _ | _] = L) when is_function(F, 2), length(L) > 1 -> drop_equal_by(F, sort_by(F, L)).

%% Neighbours are equal when F holds both ways.
drop_equal_by(F, [A, B | T]) ->
    case F(B, A) of
        true -> drop_equal_by(F, [A | T]);
        false -> [A | drop_equal_by(F, [B | T])]
    end;
drop_equal_by(_, L) -> L.

merge([]) -> [];
merge([L]) -> L;
merge([_, _ | _] = Lists) when length(Lists) > 1 -> merge(merge_neighbours(Lists)).

merge_neighbours([A, B | T]) -> [merge(A, B) | merge_neighbours(T)];
merge_neighbours(Rest) -> Rest.

merge(A, []) -> A;
merge([], [_ | _] = B) -> B;
merge([_ | _] = A, [_ | _] = B) -> merge_2(A, B, []).

merge(F, A, []) when is_function(F, 2) -> A;
merge(F, [], [_ | _] = B) when is_function(F, 2) -> B;
merge(F, [_ | _] = A, [_ | _] = B) when is_function(F, 2) -> merge_by(F, A, B, []).

merge3(A, B, []) -> merge(A, B);
merge3(A, B, [_ | _] = C) when is_list(A), is_list(B) -> merge(merge(A, B), C).

rmerge(A, []) -> A;
rmerge([], [_ | _] = B) -> B;
rmerge([_ | _] = A, [_ | _] = B) -> reverse(merge_2(reverse(A), reverse(B), [])).

rmerge(F, A, []) when is_function(F, 2) -> A;
rmerge(F, [], [_ | _] = B) when is_function(F, 2) -> B;
rmerge(F, [_ | _] = A, [_ | _] = B) when is_function(F, 2) -> reverse(merge_by(F, reverse(A), reverse(B), [])).

rmerge3(A, B, []) -> rmerge(A, B);
rmerge3(A, B, [_ | _] = C) when is_list(A), is_list(B) -> rmerge(rmerge(A, B), C).

umerge([]) -> [];
umerge([L]) -> L;
umerge([_, _ | _] = Lists) when length(Lists) > 1 -> umerge(umerge_neighbours(Lists)).

umerge_neighbours([A, B | T]) -> [umerge(A, B) | umerge_neighbours(T)];
umerge_neighbours(Rest) -> Rest.

umerge([], B) -> B;
umerge([_ | _] = A, []) -> A;
umerge([_ | _] = A, [_ | _] = B) -> umerge_2(A, B, []).

umerge_2([A | As], [B | _] = Bs, Acc) when A < B -> umerge_2(As, Bs, [A | Acc]);
umerge_2([A | _] = As, [B | Bs], Acc) when A == B -> umerge_2(As, Bs, Acc);
umerge_2([_ | _] = As, [B | Bs], Acc) -> umerge_2(As, Bs, [B | Acc]);
umerge_2(As, [], Acc) -> lists:reverse(Acc, As);
umerge_2([], Bs, Acc) -> lists:reverse(Acc, Bs).

umerge(F, [], B) when is_function(F, 2) -> B;
umerge(F, [_ | _] = A, []) when is_function(F, 2) -> A;
umerge(F, [_ | _] = A, [_ | _] = B) when is_function(F, 2) -> umerge_by(F, A, B).

umerge_by(F, [A | As] = All, [B | Bs] = Other) ->
    case F(A, B) of
        true ->
            case F(B, A) of
                true -> umerge_by(F, All, Bs);
                false -> [A | umerge_by(F, As, Other)]
            end;
        false -> [B | umerge_by(F, All, Bs)]
    end;
umerge_by(_, As, []) -> As;
umerge_by(_, [], Bs) -> Bs.

umerge3(A, B, []) -> umerge(A, B);
umerge3([], [], C) -> C;
umerge3(A, B, [_ | _] = C) when is_list(A), is_list(B) -> umerge(umerge(A, B), C).

rumerge(A, []) -> A;
rumerge([], [_ | _] = B) -> B;
rumerge([_ | _] = A, [_ | _] = B) -> reverse(umerge_2(reverse(A), reverse(B), [])).

rumerge(F, A, []) when is_function(F, 2) -> A;
rumerge(F, [], [_ | _] = B) when is_function(F, 2) -> B;
rumerge(F, [_ | _] = A, [_ | _] = B) when is_function(F, 2) -> reverse(umerge_by(F, reverse(A), reverse(B))).

rumerge3(A, B, []) -> rumerge(A, B);
rumerge3(A, B, [_ | _] = C) when is_list(A), is_list(B) -> rumerge(rumerge(A, B), C).

uniq(L) -> uniq(fun(X) -> X end, L).

%% Sorted with their places, so that no element is looked up in a list of all seen.
uniq(F, L) when is_function(F, 1) ->
    Keyed = [{F(X), I, X} || {I, X} <- enumerate(L)],
    Firsts = first_of_each(sort(fun({A, I, _}, {B, J, _}) -> A < B orelse (A =:= B andalso I =< J) orelse
                                                             (A == B andalso A =/= B andalso is_integer_first(A, B)) end, Keyed)),
    [X || {_, _, X} <- keysort(2, Firsts)].

%% An order for keys that are == but not =:=: any will do that keeps =:= keys together.
is_integer_first(A, B) -> erlang:phash2(A) =< erlang:phash2(B).

first_of_each([{K, _, _} = A, {K, _, _} | T]) -> first_of_each([A | T]);
first_of_each([A | T]) -> [A | first_of_each(T)];
first_of_each([]) -> [].
