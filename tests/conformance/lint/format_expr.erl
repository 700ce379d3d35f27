-module(format_expr).
-export([f/1]).
f(X) ->
    F = "~p",
    io:format(F, []),
    io:format("~p ~n", [X], a),
    io:format(X, "~p ~p", [X]),
    io:format(<<"~p">>, [1,2]),
    io:format('~p', [1, 2]),
    io:format("~p", [1, 2] ++ X),
    io:format("~p", lists:seq(1, 3)),
    io:format("~p" "~p", [X]),
    io:format("~.16b ~.c~*c~-*c~+p", [X]),
    io_lib:fread("~d", [1, 2, 3]),
    io_lib:format(<<"~p"/utf8>>, []),
    io:format(standard_io, X, []),
    error_logger:format("~p", []),
    logger:error("~p", []),
    io:format(list_to_atom("~p"), []).
