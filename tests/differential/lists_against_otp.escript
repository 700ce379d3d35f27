#!/usr/bin/env escript
%% Runs stdlib/lists.mod under OTP, renamed, beside OTP's own lists with random arguments, right and wrong ones: results, errors
%% and the function an error is raised in must be the same.
%%
%%   escript lists_against_otp.escript LISTS.MOD SEED COUNT
%%
%% Ends with status 1 and prints the shortest differences when there are any.
-mode(compile).

main([File, Seed, Count]) ->
    rand:seed(exsss, list_to_integer(Seed)),
    load(File),
    Exported = lists:sort(lists:module_info(exports)) -- natives(),
    Missing = Exported -- ours:module_info(exports),
    Missing =:= [] orelse io:format("not exported: ~p~n", [Missing]),
    Functions = [{F, A} || {F, A} <- Exported -- Missing, F =/= module_info],
    Differences = lists:append([try_one(pick(Functions)) || _ <- lists:seq(1, list_to_integer(Count))]),
    report(Differences, Seed),
    halt(case {Missing, Differences} of {[], []} -> 0; _ -> 1 end).

natives() -> [{member, 2}, {reverse, 2}, {keyfind, 3}, {keymember, 3}, {keysearch, 3}].

load(File) ->
    {ok, Source} = file:read_file(File),
    Renamed0 = re:replace(Source, "-module\\(lists\\)", "-module(ours)", [{return, list}]),
    %% The natives that sort pieces, slowly; pieces of 8 so that there is something to merge.
    Renamed1 = re:replace(Renamed0, "lists:'\\$sort'", "sort_piece", [global, {return, list}]),
    Renamed = re:replace(Renamed1, "lists:'\\$keysort'", "keysort_piece", [global, {return, list}]) ++
        "sort_piece(L) -> {A, B} = piece(L), {lists:sort(fun(X, Y) -> X =< Y end, A), B}.\n"
        "keysort_piece(N, L) -> {A, B} = piece(L), try {lists:sort(fun(X, Y) -> element(N, X) =< element(N, Y) end, A), B} catch error:badarg -> badarg end.\n"
        "piece(L) -> lists:split(erlang:min(8, length(L)), L).\n",
    Copy = filename:join("/tmp", "hotjit_lists_" ++ os:getpid() ++ ".erl"),
    ok = file:write_file(Copy, Renamed),
    {ok, ours, Code} = compile:file(Copy, [binary, report_errors, nowarn_nomatch]),
    ok = file:delete(Copy),
    {module, ours} = code:load_binary(ours, Copy, Code).

report([], Seed) -> io:format("no differences (seed ~s)~n", [Seed]);
report(Differences, Seed) ->
    io:format("~w differences (seed ~s); the shortest of each function:~n", [length(Differences), Seed]),
    Sorted = lists:sort(fun(A, B) -> erts_debug:flat_size(A) =< erts_debug:flat_size(B) end, Differences),
    Shortest = lists:ukeysort(1, [{{F, length(Args)}, Difference} || {F, Args, _, _} = Difference <- Sorted]),
    [io:format("lists:~w~w~n  OTP:  ~tw~n  ours: ~tw~n", [F, Args, Theirs, Ours]) || {_, {F, Args, Theirs, Ours}} <- Shortest].

try_one({F, A}) ->
    Args = arguments(F, A),
    Theirs = in_order(F, Args, run(lists, F, Args)),
    Ours = run(ours, F, Args),
    case same(F, Theirs, Ours) of
        true -> [];
        false -> [{F, Args, Theirs, Ours}]
    end.

%% Sorting 1 and 1.0 without a fun is not stable in OTP; ours is.
in_order(sort, [L], {ok, _, Seen}) -> {ok, lists:sort(fun(A, B) -> A =< B end, L), Seen};
in_order(keysort, [N, [_, _ | _] = L], {ok, _, Seen}) -> {ok, lists:sort(fun(A, B) -> element(N, A) =< element(N, B) end, L), Seen};
in_order(_, _, Result) -> Result.

%% Errors inside OTP's helper functions need only be the same errors.
same(_, Same, Same) -> true;
same(F, {Class, Reason, [{F, _}]}, {Class, Reason, [{F, _}]}) -> false;
same(F, {Class, Reason, [{G, _}]}, {Class, Reason, _}) when G =/= F -> true;
same(_, _, _) -> false.

run(M, F, Args) ->
    put(trace, []),
    try {ok, apply(M, F, Args), get(trace)}
    catch Class:Reason:Stack -> {Class, Reason, [where(Frame) || Frame <- lists:sublist(Stack, 1)]}
    end.

where({M, F, A, _}) when M =:= lists; M =:= ours -> {F, A};
where({erlang, F, A, _}) -> {F, A};
where(_) -> elsewhere.

pick(List) -> lists:nth(rand:uniform(length(List)), List).

%% -- arguments: mostly what the function wants

arguments(F, A) ->
    Right = right(F, A),
    case rand:uniform(8) of
        1 ->
            Wrong = replace(rand:uniform(max(length(Right), 1)), Right),
            case string:find(atom_to_list(F), "merge") =/= nomatch andalso not is_fit_for_merge(Right, Wrong) of
                true -> Right;
                false -> Wrong
            end;
        _ -> Right
    end.

%% Not for merges: improper lists, which OTP finds out sometimes, keys by which the lists are not sorted, and funs that fail.
is_fit_for_merge([Right | _], [First | _] = Wrong) ->
    not lists:any(fun is_improper/1, Wrong) andalso (Right =:= First orelse is_list(Right)).

replace(_, []) -> [];
replace(I, List) -> lists:sublist(List, I - 1) ++ [pick([a, 1, -1, 0, [], [a | b], [1, 2 | 3], {}, fun id/1, fun pair/2, 1.5])] ++ lists:nthtail(I, List).

is_improper(X) when is_list(X) -> not is_integer(catch length(X));
is_improper(_) -> false.

id(X) -> X.
pair(X, Y) -> {X, Y}.

%% Funs record what they are called with.
seen(X) -> put(trace, [X | get(trace)]), ok.

right(F, 2) when F =:= all; F =:= any; F =:= filter; F =:= partition; F =:= takewhile; F =:= dropwhile; F =:= splitwith; F =:= search ->
    [predicate(), list()];
right(F, 2) when F =:= filtermap; F =:= zf -> [filter_mapper(), list()];
right(map, 2) -> [mapper(), list()];
right(uniq, 2) -> [mapper(), list()];
right(foreach, 2) -> [mapper(), list()];
right(flatmap, 2) -> [fun(X) -> seen(X), lists:duplicate(erlang:phash2(X, 3), X) end, list()];
right(F, 3) when F =:= foldl; F =:= foldr -> [fun(X, Acc) -> seen({X, Acc}), [X | Acc] end, [], list()];
right(F, 3) when F =:= mapfoldl; F =:= mapfoldr -> [fun(X, Acc) -> seen({X, Acc}), {{X}, [X | Acc]} end, [], list()];
right(zipwith, 3) -> L = list(), [fun(X, Y) -> seen(X), {X, Y} end, L, pick([L, list()])];
right(zipwith3, 4) -> L = list(), [fun(X, Y, Z) -> seen(X), {X, Y, Z} end, L, L, pick([L, list()])];
right(zip, 2) -> L = list(), [L, pick([L, lists:reverse(L), list()])];
right(zip3, 3) -> L = list(), [L, L, pick([L, list()])];
right(unzip, 1) -> [[{X, Y} || X <- list(), Y <- [number()]]];
right(unzip3, 1) -> [[{X, Y, Y} || X <- list(), Y <- [number()]]];
right(F, 2) when F =:= nth; F =:= nthtail; F =:= split -> [small(), list()];
right(sublist, 2) -> [list(), small()];
right(sublist, 3) -> [list(), small(), small()];
right(seq, 2) -> [small(), small()];
right(seq, 3) -> [pick([small(), small() * 7]), small(), pick([1, 2, 3, -1, -2, -5, 0])];
right(duplicate, 2) -> [small(), number()];
right(enumerate, 2) -> [small(), list()];
right(enumerate, 3) -> [small(), small(), list()];
right(delete, 2) -> [number(), list()];
right(join, 2) -> [number(), list()];
right(F, 2) when F =:= prefix; F =:= suffix -> L = list(), N = rand:uniform(length(L) + 1) - 1, [pick([lists:sublist(L, N), lists:nthtail(N, L), list()]), L];
right(F, 1) when F =:= flatten; F =:= flatlength -> [deep(3)];
right(flatten, 2) -> [deep(3), list()];
right(concat, 1) -> [[pick([a, b, 1, "abc", 1.5, "", 'A b']) || _ <- list()]];
right(append, 1) -> [[list() || _ <- list()]];
right(append, 2) -> [list(), pick([list(), a])];
right(subtract, 2) -> [list(), list()];
right(F, 1) when F =:= sum; F =:= max; F =:= min -> [pick([[number() || _ <- list()], list()])];
right(sort, 2) -> [order(), list()];
right(usort, 2) -> [order(), list()];
right(keysort, 2) -> [key_index(), tuples()];
right(ukeysort, 2) -> [key_index(), tuples()];
right(keydelete, 3) -> [number(), key_index(), tuples()];
right(keytake, 3) -> [number(), key_index(), tuples()];
right(F, 4) when F =:= keyreplace; F =:= keystore -> [number(), key_index(), tuples(), {number(), new}];
right(keymap, 3) -> [mapper(), key_index(), [{number(), number(), number()} || _ <- list()]];
right(F, 3) when F =:= keymerge; F =:= rkeymerge -> I = pick([1, 2]), [I, key_sorted(F, I), key_sorted(F, I)];
right(F, 3) when F =:= ukeymerge; F =:= rukeymerge -> I = pick([1, 2]), [I, key_sorted(F, I), key_sorted(F, I)];
right(F, 1) when F =:= merge; F =:= umerge -> [[sorted(F) || _ <- lists:seq(1, rand:uniform(5) - 1)]];
right(F, 2) when F =:= merge; F =:= umerge; F =:= rmerge; F =:= rumerge -> [sorted(F), sorted(F)];
right(F, 3) when F =:= merge3; F =:= umerge3; F =:= rmerge3; F =:= rumerge3 -> [sorted(F), sorted(F), sorted(F)];
right(F, 3) when F =:= merge; F =:= umerge -> [fun(A, B) -> A =< B end, sorted(F), sorted(F)];
right(F, 3) when F =:= rmerge; F =:= rumerge -> [fun(A, B) -> A =< B end, sorted(F), sorted(F)];
right(_, 1) -> [list()];
right(_, A) -> [list() || _ <- lists:seq(1, A)].

sorted(F) when F =:= umerge; F =:= umerge3 -> lists:usort(list());
sorted(F) when F =:= rumerge; F =:= rumerge3 -> lists:reverse(lists:usort(list()));
sorted(F) when F =:= rmerge; F =:= rmerge3 -> lists:reverse(lists:sort(list()));
sorted(_) -> lists:sort(list()).

key_sorted(keymerge, I) -> lists:keysort(I, tuples2());
key_sorted(rkeymerge, I) -> lists:reverse(lists:keysort(I, tuples2()));
key_sorted(ukeymerge, I) -> lists:ukeysort(I, tuples2());
key_sorted(rukeymerge, I) -> lists:reverse(lists:ukeysort(I, tuples2())).

%% Often few different values, so that equal elements are frequent; 1 and 1.0 are equal but not the same.
number() -> pick([1, 1.0, 2, 2.0, 3, 4, 0, -1, rand:uniform(100)]).
small() -> rand:uniform(14) - 4.
list() ->
    Size = pick([0, 1, 2, 3, 4, 5, 8, 20, 50]),
    case rand:uniform(5) of
        1 -> lists:seq(1, Size);
        2 -> lists:seq(Size, 1, -1);
        3 -> [pick([a, b, {1}, "x", 1, 2, 1.0, [], {1.0}]) || _ <- lists:seq(1, Size)];
        _ -> [number() || _ <- lists:seq(1, Size)]
    end.
tuples() ->
    [pick([{number()}, {number(), number()}, {number(), number(), number()}, {number(), x}, {number(), y}]) || _ <- list()].
tuples2() -> [{number(), number(), rand:uniform(1000)} || _ <- list()].
key_index() -> pick([1, 1, 1, 1, 2, 3]).
deep(0) -> list();
deep(N) -> [pick([number(), deep(N - 1), [], list()]) || _ <- lists:seq(1, rand:uniform(4) - 1)].
mapper() -> fun(X) -> seen(X), case X of N when is_number(N) -> N * 2; _ -> {X} end end.
predicate() ->
    M = rand:uniform(3),
    Strange = rand:uniform(30) =:= 1,
    fun(X) -> seen(X), case erlang:phash2(X, 3) < M of true when Strange -> maybe_not; B -> B end end.
filter_mapper() ->
    fun(X) -> seen(X), case erlang:phash2(X, 4) of 0 -> true; 1 -> false; 2 -> {true, {X}}; 3 -> X =/= 1 end end.
order() ->
    pick([fun(A, B) -> A =< B end, fun(A, B) -> A >= B end, fun(A, B) -> A < B end, fun(_, _) -> true end, fun(_, _) -> false end,
          fun(A, B) -> erlang:phash2(A, 5) =< erlang:phash2(B, 5) end]).
