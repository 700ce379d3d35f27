-module(spawn_monitor_alias).
-export([main/0]).
main() ->
  {P, R} = spawn_opt(fun() -> receive Rf -> Rf ! {reply, Rf} end, timer:sleep(50) end, [{monitor, [{alias, reply_demonitor}]}]),
  P ! R, receive {reply, R} -> io:format("reply~n") after 200 -> io:format("no reply~n") end,
  receive {'DOWN', _, _, _, W} -> io:format("down ~p~n", [W]) after 200 -> io:format("clean~n") end.
