-module(formats).
-export([main/0]).
main() ->
    p("~p ~w ~s~n", [[1,2,3], "abc", "abc"]), p("~p~n", [[{a, "string", 1.5, [nested, [list, {tuple}]]} || _ <- lists:seq(1, 6)]]),
    p("~10s|~-10s|~.3s|~10.3s|~-10.3.*s|~n", ["abc", "abc", "abcdef", "abcdef", $x, "abcdef"]),
    p("~5w|~-5w|~5.2f|~10.3e|~g|~.4g~n", [12, 12, 3.14159, 12345.678, 0.1, 100.0]),
    p("~b ~.2b ~.16b ~.16B ~.36B ~16.16.0b~n", [255, 255, 255, 255, 123456789, 48879]),
    p("~x ~X ~# ~+ ~.16# ~.8+~n", [31, "0x", -31, "pre", 31, 31, 255, 255]),
    p("~c~c~5c~-5c|~3.2c|~n", [72, 105, $a, $b, $z]), p("~i~w~n", [ignored, shown]), p("~~ ~n~n", []),
    p("~ts ~tp ~tw ~tc~n", ["\x{e5}\x{3b1}", "\x{3b1}", "\x{3b1}", 16#3b1]), p("~s~n", [["a", $b, ["c" | list_to_binary("d")]]]),
    p("~W ~P~n", [[1, 2, 3, 4, 5], 3, {a, b, c, d, e}, 3]), p("~lp ~ltp~n", ["abc", "abc"]), p("~*w|~-*w|~*.*f~n", [6, a, 6, b, 8, 2, 1.5]),
    p("~p~n", ['hello world']), p("~p ~p ~p ~p~n", ['A', 'a@b', a_B1, []]), p("~p~n", [list_to_binary([1,2,3])]), p("~p ~p~n", [list_to_binary("text"), list_to_binary([116,195,165])]),
    p("~p~n", ["quote\"back\\slash\n\t\e"]), p("~w~n", ["\n\t"]), p("~p~n", [{1.0, -0.0, 1.0e100, 1.0e-10, 123456.789}]),
    p("~p~n", [lists:seq(1, 100)]), p("~p~n", [lists:seq(200, 260)]), p("~p~n", [{{{{{deep}}}}}]), p("~p~n", [[[[[[x]]]]]]),
    p("~p~n", [{record_like, [{key, "value number one"}, {key2, "value number two"}, {key3, list_to_binary("binary value")}, {key4, 'atom value'}]}]),
    p("~40p~n", [{abcdefghij, klmnopqrst, uvwxyz, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}]), p("~s ~s~n", [atom, list_to_binary("bin")]),
    p("~p~n", [fun erlang:length/1]), p("~w~n", [fun lists:map/2]), p("a~tsb~n", [list_to_binary([195,165])]), p("~p", [io:format("ret~n")]), p("~n", []),
    p("~s", [[10]]), p("~p ~p~n", [$a, "a" ++ [0]]), p("~p~n", [[a | b]]), p("~p~n", [[1, 2 | 3]]), p("~p~n", [['EXIT', {badarg, []}]]),
    [p("~p~n", [catch io:format(F, A)]) || {F, A} <- [{"~p", []}, {"~p~p", [1]}, {"~z", [1]}, {"~s", [1]}, {"~d", [a]}, {"~c", [a]}, {"~f", [1]}, {"x", [extra]}, {foo, 1}, {"~", []}, {"~b", [1.0]}]],
    io:format("no args~n"), io:format(list_to_binary("binary ~w~n"), [x]), io:format("~w~n", [[[]]]), io:format(atom_format), io:nl(), io:write({w, "x"}), io:nl(), io:put_chars("chars\n"), io:fwrite("~w~n", [fw]),
    io:format(standard_io, "dev ~w~n", [1]), io:format(user, "user ~w~n", [2]),
    p("~p~n", [catch io:format("~s~n", [[1089]])]), p("~ts~n", [[1089, 1090]]), p("~p~n", [lists:flatten(io_lib:format("~w-~p", [a, "b"]))]).
p(F, A) -> io:format(F, A).
