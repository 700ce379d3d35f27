-module(conversions).
-export([main/0]).
main() ->
    P = fun(F) -> io:format("~p~n", [try F() catch C:R -> {C, R} end]) end,
    [P(F) || F <- [fun() -> atom_to_list(hello) end, fun() -> list_to_atom("a b") end, fun() -> list_to_existing_atom("conversions") end, fun() -> integer_to_list(255, 16) end, fun() -> integer_to_list(-1 bsl 70) end, fun() -> list_to_integer("-123") end, fun() -> list_to_integer("ff", 16) end,
     fun() -> list_to_integer("12x") end, fun() -> list_to_integer("") end, fun() -> list_to_float("1") end, fun() -> list_to_tuple([1, 2]) end, fun() -> tuple_to_list({a, b}) end, fun() -> setelement(2, {a, b}, c) end, fun() -> setelement(3, {a, b}, c) end, fun() -> erlang:append_element({a}, b) end, fun() -> erlang:make_tuple(3, x) end,
     fun() -> erlang:insert_element(1, {b}, a) end, fun() -> erlang:delete_element(1, {a, b}) end, fun() -> element(0, {a}) end, fun() -> element(a, {a}) end, fun() -> "abc" ++ x end, fun() -> x ++ "abc" end, fun() -> [1, 2] ++ [3] end, fun() -> [1, 2, 1] -- [1] end, fun() -> [1] -- x end, fun() -> length(x) end, fun() -> abs(-2.5) end, fun() -> abs(a) end,
     fun() -> round(a) end, fun() -> size({1, 2}) end, fun() -> size(x) end, fun() -> tl([]) end, fun() -> hd(x) end, fun() -> not 1 end, fun() -> true and 1 end, fun() -> true xor false end, fun() -> 1 and true end, fun() -> id(1) andalso true end, fun() -> true andalso id(1) end, fun() -> false orelse id(x) end, fun() -> id(x) orelse true end,
     fun() -> bnot 5 end, fun() -> bnot 1.0 end, fun() -> 1 bsl 3 end, fun() -> 1 bsl a end, fun() -> 5 div 0 end, fun() -> 5 rem 0 end, fun() -> 5 / 0 end, fun() -> 5 / 0.0 end, fun() -> 1.0 div 2 end, fun() -> -a end, fun() -> +a end, fun() -> is_boolean(true) end, fun() -> is_list([1 | 2]) end, fun() -> erlang:'+'(1, 2) end, fun() -> list_to_atom([300]) end, fun() -> float(1 bsl 2000) end, fun() -> list_to_integer("99999999999999999999999") end]].
id(X) -> X.
