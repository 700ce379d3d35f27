-module(format).
-export([main/0]).
main() ->
    F = fun(Fmt, Args) -> io:format(Fmt ++ "|~n", Args) end,
    F("~w ~p ~s", [{a, "b", [1, 2]}, {a, "b", [1, 2]}, "str"]), F("~10w|~-10w|~10.4.*w", [abc, abc, $x, abc]), F("~5s|~-5s|~5.2s|~.3s", ["ab", "ab", "abcdef", "abcdef"]), F("~c~c~3c", [65, $b, $z]),
    F("~f ~.2f ~10.3f ~e ~.3e ~g ~g ~g", [3.14159, 2.71828, 1.5, 12345.678, 12345.678, 0.1, 1.0e10, 1234567.0]), F("~b ~B ~.16b ~.16B ~.2B ~8.10.0b ~x ~X ~# ~+", [10, -10, 255, 255, 5, 42] ++ [255, "0x", -255, "16#", 255, 255]),
    F("~i~w", [ignored, shown]), F("~n~~", []), F("~ts ~tw ~tp", [[229, 228, 246], 'åäö', "åäö"]), F("~p", [lists:seq(1, 60)]), F("~p", [[{key, "value", list_to_atom("atom" ++ integer_to_list(N))} || N <- lists:seq(1, 8)]]),
    F("~P ~W", [lists:seq(1, 30), 10, lists:seq(1, 30), 10]), F("~p", ["a string with \"quotes\" and \n newline \t tab \e esc"]), F("~w", ["ab"]), F("~p ~p", ['quoted atom', 'Upper']), F("~p", [[]]), F("~p", [{}]), F("~p", [[[], {}, ""]]),
    F("~s", [["io", $l, ["ist"], []]]), F("~p", [[1 | 2]]), F("~p", [{'EXIT', {badarg, [{erlang, foo, [1, 2], []}]}}]), F("~20p|", [{abcdefghij, klmnopqrst, [uvw, xyz]}]), F("~p", [[$a, 0]]), F("~p", [[128, 200]]), F("~w", [1.0e100]),
    F("~p", [{record, {with, {deep, {nesting, {'of', {tuples, [and_lists, "and strings that are rather long", 12345678901234567890]}}}}}, another_field, "more text here", [a, b, c]}]),
    [try io:format(Bad, A), ok catch C:R -> io:format("~p ~p~n", [C, R]) end || {Bad, A} <- [{"~q", [1]}, {"~w", []}, {"~w", [1, 2]}, {"~s", [foo1]}, {"~s", [{}]}, {"~c", [a]}, {"~f", [a]}, {"~b", [1.0]}, {foo, []}, {"~", []}, {"ok", x}]],
    io:put_chars("chars\n"), io:nl(), io:fwrite("fw ~w~n", [1]), io:write({w, "x"}), io:nl(), io:format("no args~n"), io:format(standard_io, "to ~w~n", [standard_io]),
    io:format("~s~n", [io_lib:format("~5w", [a])]), io:format("~p~n", [lists:flatten(io_lib:format("~p", [{x, [1, 2, 3]}]))]), io:format("~p~n", [lists:flatten(io_lib:write({a, "b"}))]).
