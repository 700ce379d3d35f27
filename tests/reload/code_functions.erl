%% What the functions of code and compile answer while a module goes through three versions, a delete and bad loads.
%% Runs in a directory with v1/m.erl, v2/m.erl, v3/m.erl and the broken bad/m.erl, bad/other.erl.
-module(driver).
-export([main/0]).
p(Tag, T) -> io:format("~w: ~p~n", [Tag, T]).
ask(P) -> P ! {v, self()}, receive {P, V} -> V after 500 -> none end.
load(N) -> {ok, m, Bin} = compile:file("v" ++ integer_to_list(N) ++ "/m", [binary]), code:load_binary(m, "v" ++ integer_to_list(N) ++ "/m.erl", Bin).
main() ->
    process_flag(trap_exit, true),
    p(loaded0, code:is_loaded(m)),
    p(purge0, code:purge(m)), p(soft0, code:soft_purge(m)),
    p(undef, catch m:v()),
    p(load1, load(1)), p(v, m:v()), p(is_loaded, code:is_loaded(m)),
    Loop = spawn_link(m, loop, [self()]), Stay = spawn_link(m, stay, [self()]), F1 = m:f(),
    p(asks1, [ask(Loop), ask(Stay), F1()]),
    p(load2, load(2)), p(v, m:v()), p(run, m:run()),
    p(asks2, [ask(Loop), ask(Loop), ask(Stay), F1()]),
    p(old, erlang:check_old_code(m)),
    p(check, [erlang:check_process_code(P, m) || P <- [Loop, Stay]]),
    p(soft, code:soft_purge(m)),
    p(load3, load(3)),
    receive {'EXIT', Stay, R} -> p(killed, R) after 500 -> p(killed, no) end,
    p(asks3, [ask(Loop), ask(Loop)]),
    p(fun_of_purged, element(1, element(1, element(2, catch (F1() + 0))))),
    p(purge, code:purge(m)), p(purge, code:purge(m)), p(soft, code:soft_purge(m)), p(old, erlang:check_old_code(m)),
    p(loop, is_process_alive(Loop)),
    p(bad, compile:file("bad/m", [binary])), p(bad2, compile:file("bad/nothing", [binary])),
    p(bad3, element(1, compile:file("bad/m", [binary, return_errors]))), p(v, m:v()),
    p(bad4, code:load_binary(m, "x", erlang:list_to_binary("garbage"))), p(v, m:v()),
    {ok, other, OB} = compile:file("bad/other", [binary]), p(bad5, code:load_binary(m, "x", OB)), p(other, code:is_loaded(other)),
    p(badargs, [element(1, element(2, catch code:load_binary(1, "x", OB))), element(1, element(2, catch code:purge("m")))]),
    p(info, [lists:sort(m:module_info(exports)), proplists_(vsn, m:module_info(attributes)), m:module_info(module)]),
    p(delete, code:delete(m)), p(undef, catch element(1, element(2, (catch m:v())))), p(loop, ask(Loop)), p(delete, code:delete(m)),
    p(purge, code:purge(m)), p(loop, is_process_alive(Loop)),
    receive {'EXIT', Loop, R2} -> p(killed, element(1, R2)) after 500 -> p(killed, no) end,
    p(load_file, catch code:load_file(nomodule_at_all)),
    p(ensure, code:ensure_loaded(lists)), p(which, is_list(code:which(driver))),
    p(fexp, [erlang:function_exported(driver, main, 0), erlang:function_exported(driver, p, 2), erlang:function_exported(erlang, self, 0), erlang:module_loaded(driver), erlang:module_loaded(m)]),
    ok.
proplists_(K, L) -> [V || {K1, V} <- L, K1 =:= K].
