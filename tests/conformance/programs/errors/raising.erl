-module(raising).
-export([main/0, f/1]).
main() ->
    [io:format("~p: ~p~n", [N, t(N)]) || N <- lists:seq(1, 39)].
t(N) ->
    try {ok, f(N)}
    catch
        throw:X -> {throw, X};
        exit:X -> {exit, X};
        error:X:S -> {error, X, [{M, F, A, [{K, V} || {K, V} <- L, M =/= lists, K =:= line orelse K =:= error_info]} || {M, F, A, L} <- S]}
    end.
f(1) -> throw(x);
f(2) -> exit({a, b});
f(3) -> error(oops);
f(4) -> error(oops, [a, b]);
f(5) -> {a, _} = {b, id(c)};
f(6) -> case id(3) of 4 -> ok end;
f(7) -> if 1 > 2 -> ok end;
f(8) -> 1 + id(a);
f(9) -> 1 div id(0);
f(10) -> hd(id([]));
f(11) -> tl(id(a));
f(12) -> element(3, {a, b});
f(13) -> setelement(id(0), {a}, b);
f(14) -> atom_to_list(id(1));
f(15) -> list_to_atom(id([a]));
f(16) -> list_to_integer("12x");
f(17) -> badarity(catch (id(fun(A) -> A end))(1, 2));
f(18) -> (id(not_fun))(1);
f(19) -> apply(nomod, nofun, [1]);
f(20) -> raising:nofun(1);
f(21) -> length(id([a | b]));
f(22) -> lists:nth(5, [1, 2]);
f(23) -> try throw(a) catch throw:a -> b after io:format("after~n") end;
f(24) -> try id(1) of 1 -> throw(of_part) catch throw:of_part -> wrong after io:format("after 24~n") end;
f(25) -> try error(x) catch error:x -> error(y) after ok end;
f(26) -> catch error(x1);
f(27) -> catch exit(x2);
f(28) -> catch throw(x3);
f(29) -> try id(9) of 1 -> ok catch _:_ -> no end;
f(30) -> g(id(7));
f(31) -> lists:map(fun(X) -> X / 0 end, [1]);
f(32) -> [X || X <- id(a)];
f(33) -> [X || X <- [1, 2], id(X)];
f(34) -> (fun F(0) -> error(deep); F(N) -> 1 + F(N - 1) end)(3);
f(35) -> id(1) ++ [a];
f(36) -> [a] -- id(b);
f(37) -> not id(3);
f(38) -> id(1) andalso true;
f(39) -> id(true) andalso id(4).
g(X) when X > 10 -> ok;
g(X) when is_atom(X) -> ok.
id(X) -> X.
badarity({Tag, {{badarity, {_, Args}}, [{M, F, A, _} | _]}}) -> {Tag, Args, M, F, A}.
