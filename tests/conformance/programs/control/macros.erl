-module(macros).
-export([main/0]).
-define(A, 1).
-define(ADD(X, Y), (X + Y)).
-define(ADD(X), ?ADD(X, 10)).
-define(STR(X), ??X).
-define(LIST, [?A, ?ADD(2), ?ADD(3, 4)]).
-ifdef(UNDEFINED_ONE).
-define(B, wrong).
-else.
-define(B, right).
-endif.
-ifndef(UNDEFINED_ONE).
-define(C, right).
-endif.
-if(?A =:= 1 andalso not defined(NOPE)).
-define(D, right).
-elif(true).
-define(D, wrong).
-else.
-define(D, wrong).
-endif.
-undef(A).
-define(A, 2).
main() ->
    io:format("~p ~p ~p ~p~n", [?LIST, ?B, ?C, ?D]),
    io:format("~s ~s ~p ~p~n", [?STR(foo(X, 1)), ?STR("a" ++ b), ?MODULE, ?MODULE_STRING]),
    io:format("~p ~p ~p~n", [?LINE, ?FUNCTION_NAME, ?FUNCTION_ARITY]),
    io:format("~p ~p~n", [?MACHINE, is_list(?FILE)]).
