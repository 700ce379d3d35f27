#!/usr/bin/env escript
%% Makes cases for the runtime's unit tests and answers them with this OTP.
%%
%%   escript terms_oracle.escript KIND SEED COUNT FILE
%%
%% Each record of FILE is a 32-bit length and term_to_binary({Question, Arguments, Answer}); the answer is {ok, Value} or
%% {error, Reason}. KIND is one of kinds/0's names. tests/unit/runtime/oracle.h reads the file.
-mode(compile).

main([Kind, Seed, Count, File]) ->
    rand:seed(exsss, list_to_integer(Seed)),
    Make = maps:get(list_to_atom(Kind), kinds()),
    {ok, Device} = file:open(File, [write, raw, binary, delayed_write]),
    [put_case(Device, Make()) || _ <- lists:seq(1, list_to_integer(Count))],
    ok = file:close(Device).

put_case(Device, {Question, Arguments, Answer}) ->
    Bytes = term_to_binary({Question, Arguments, Answer}),
    ok = file:write(Device, [<<(byte_size(Bytes)):32>>, Bytes]).

kinds() ->
    #{arithmetic => fun arithmetic/0, compare => fun compare/0, hash => fun hash/0, float => fun float_text/0,
      write => fun write/0, pretty => fun pretty/0, format => fun format/0, bif => fun bif/0}.

answer(Fun) ->
    try {ok, Fun()} catch error:Reason -> {error, Reason} end.

text(Characters) ->
    case unicode:characters_to_binary(Characters) of
        Text when is_binary(Text) -> Text;
        _ -> error(badarg)
    end.

pick(List) ->
    lists:nth(rand:uniform(length(List)), List).

%% -- numbers

arithmetic() ->
    case rand:uniform(4) of
        1 ->
            Op = pick(['+', '-', 'bnot', abs, trunc, round, floor, ceil, float]),
            A = number_or_not(),
            {Op, [A], answer(fun() -> apply(erlang, Op, [A]) end)};
        2 ->
            Op = pick(['bsl', 'bsr']),
            A = number_or_not(),
            B = pick([rand:uniform(200) - 100, number_or_not()]),
            {Op, [A, B], answer(fun() -> apply(erlang, Op, [A, B]) end)};
        _ ->
            Op = pick(['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor']),
            A = number_or_not(),
            B = number_or_not(),
            {Op, [A, B], answer(fun() -> apply(erlang, Op, [A, B]) end)}
    end.

number_or_not() ->
    case rand:uniform(30) of
        1 -> pick([a, [], {1}, <<1>>, "1"]);
        N when N < 10 -> float_number();
        _ -> integer()
    end.

integer() ->
    Size = pick([3, 8, 27, 28, 31, 32, 58, 59, 60, 61, 62, 63, 64, 65, 127, 128, 129, 200, 500, 1100, 4000]),
    Base = case rand:uniform(3) of
               1 -> rand:uniform(1 bsl Size) - 1;
               2 -> (1 bsl Size) + rand:uniform(5) - 3;
               3 -> (rand:uniform(1 bsl 60) bsl Size) + rand:uniform(3) - 2
           end,
    case rand:uniform(2) of 1 -> Base; 2 -> -Base end.

float_number() ->
    case rand:uniform(8) of
        1 -> pick([0.0, negative_zero(), 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370497.5,
                   1.7976931348623157e308, 5.0e-324, 2.2250738585072014e-308, 9007199254740992.0, 9007199254740993.0]);
        2 -> (rand:uniform() - 0.5) * 100;
        3 -> float(rand:uniform(1 bsl 20));
        4 -> rand:uniform(100000) / 100;
        5 -> float(1 bsl rand:uniform(1000) + rand:uniform(100));
        6 -> rand:uniform(1000) * math:pow(10, rand:uniform(40) - 20);
        _ -> random_bits()
    end.

negative_zero() ->
    <<F/float>> = <<1:1, 0:63>>,
    F.

random_bits() ->
    case <<(rand:uniform(1 bsl 64) - 1):64>> of
        <<F/float>> -> F;
        _ -> random_bits()
    end.

float_text() ->
    F = float_number(),
    {float, [F], {ok, list_to_binary(io_lib:format("~w", [F]))}}.

%% -- terms

compare() ->
    {A, B} = case rand:uniform(4) of
                 1 -> {term(2), term(2)};
                 2 -> {number(), number()};
                 _ -> T = term(3), {T, change(T)}
             end,
    {compare, [A, B], {ok, {A < B, A == B, A =:= B, maps:keys(#{A => 1, B => 1}) =:= [A, B]}}}.

number() ->
    I = integer(),
    case rand:uniform(4) of
        1 when abs(I) < 1 bsl 1000 -> float(I);
        2 when abs(I) < 1 bsl 1000 -> trunc(float(I));
        3 -> float_number();
        _ -> I
    end.

%% The same term with one part replaced.
change([H | T]) ->
    case rand:uniform(2) of 1 -> [change(H) | T]; 2 -> [H | change(T)] end;
change(T) when is_tuple(T), T =/= {} ->
    I = rand:uniform(tuple_size(T)),
    setelement(I, T, change(element(I, T)));
change(N) when is_integer(N) ->
    pick([N, N + 1, -N, N]);
change(M) when is_map(M), M =/= #{} ->
    K = pick(maps:keys(M)),
    M#{K := change(maps:get(K, M))};
change(T) ->
    pick([T, T, term(1)]).

hash() ->
    T = case rand:uniform(3) of 1 -> number(); _ -> term(4) end,
    {phash2, [T], {ok, erlang:phash2(T, 1 bsl 32)}}.

term(Depth) when Depth =< 0 ->
    leaf();
term(Depth) ->
    Size = pick([0, 1, 2, 3, 4, 5, 6, 10, 20]),
    case rand:uniform(12) of
        1 -> leaf();
        2 -> [leaf() || _ <- lists:seq(1, pick([5, 20, 60]))];
        3 -> list_to_tuple([leaf() || _ <- lists:seq(1, pick([5, 20, 60]))]);
        4 -> [term(Depth - 1) || _ <- lists:seq(1, Size)];
        5 -> list_to_tuple([term(Depth - 1) || _ <- lists:seq(1, Size)]);
        6 -> list_to_tuple([atom() | [term(Depth - 1) || _ <- lists:seq(1, Size)]]);
        7 -> list_to_tuple([atom() | [term(Depth - 1) || _ <- lists:seq(1, pick([1, 2, 3]))]]);
        8 -> [{atom(), term(Depth - 1)} || _ <- lists:seq(1, Size)];
        9 -> maps:from_list([{leaf(), leaf()} || _ <- lists:seq(1, Size)]);
        10 -> maps:from_list([{term(Depth - 2), term(Depth - 1)} || _ <- lists:seq(1, pick([1, 2, 3, 5]))]);
        11 -> improper([term(Depth - 1) || _ <- lists:seq(1, pick([1, 2, 3, 10]))], leaf());
        12 -> improper([leaf() || _ <- lists:seq(1, pick([1, 5, 30]))], term(Depth - 1))
    end.

improper([], Tail) -> Tail;
improper([H | T], Tail) -> [H | improper(T, Tail)].

leaf() ->
    case rand:uniform(14) of
        1 -> [];
        2 -> {};
        3 -> #{};
        4 -> <<>>;
        5 -> float_number();
        6 -> rand:uniform(1 bsl 80);
        7 -> printable(pick([1, 3, 10, 30, 100]));
        8 -> list_to_binary(printable(pick([1, 3, 10, 30, 100])));
        9 -> rand:bytes(pick([1, 2, 5, 40]));
        10 -> atom();
        11 -> atom();
        12 -> rand:uniform(1000) - 500;
        13 -> unicode:characters_to_binary(printable(pick([1, 3, 10, 30])));
        14 -> printable(pick([1, 3])) ++ [pick([0, 7, 127, 128, 256, 1089, -1, 16#10ffff])]
    end.

printable(Length) ->
    [case rand:uniform(20) of
         1 -> pick("\n\t\"\\'\e\b");
         2 -> 160 + rand:uniform(95);
         _ -> 31 + rand:uniform(95)
     end || _ <- lists:seq(1, Length)].

atom() ->
    case rand:uniform(12) of
        1 -> pick(['', 'Hello', 'hello world', 'a\nb', 'and', 'end', 'maybe', 'else', a@b, '_', 'a-b', 'with\'quote', '\x{43c}']);
        2 -> pick(['åäö', 'Åäö', 'ö÷', '\x{80}', '\x{7f}', 'a\x{3b1}']);
        3 -> list_to_atom(lists:duplicate(pick([12, 20, 35, 39, 41, 50, 75]), $x));
        _ -> pick([a, b, ok, error, abc, undefined, true, abcdefgh, module, function, some_name, another_longer_name])
    end.

write() ->
    T = term(4),
    D = pick([-1, -1, 0, 1, 2, 3, 5, 10, 20]),
    Modifier = pick(["", "t"]),
    {write, [T, D, list_to_atom(Modifier)], {ok, text(io_lib:format("~" ++ Modifier ++ "W", [T, D]))}}.

pretty() ->
    T = term(pick([1, 2, 3, 4, 5])),
    D = pick([-1, -1, -1, 1, 2, 3, 5, 10, 20, 50]),
    Width = pick([80, 80, 80, 10, 20, 30, 40, 60, 100, 120]),
    Column = pick([1, 1, 1, 5, 10, 37, 70, 90]),
    Modifier = pick(["", "t", "l", "tl"]),
    {pretty, [T, D, Width, Column, list_to_atom(Modifier)],
     {ok, text(io_lib:format("~*.*" ++ Modifier ++ "P", [Width, Column, T, D]))}}.

%% -- formats

format() ->
    {Format, Args} = pieces(pick([1, 1, 1, 2, 3, 5])),
    %% Where a star takes an argument, one too few would make padding of whatever comes next.
    Args1 = case not lists:member($*, Format) andalso rand:uniform(40) of
                1 -> Args ++ [extra];
                2 when Args =/= [] -> tl(Args);
                3 -> improper(Args, oops);
                _ -> Args
            end,
    case within(2000, fun() -> answer(fun() -> text(io_lib:format(Format, Args1)) end) end) of
        {ok, Answer} -> {format, [Format, Args1], Answer};
        never -> format()
    end.

%% OTP 25 never comes back from a negative precision that a star takes.
within(Milliseconds, Fun) ->
    {Pid, Ref} = spawn_opt(fun() -> exit({answer, Fun()}) end, [monitor, {max_heap_size, #{size => 1 bsl 22, error_logger => false}}]),
    receive
        {'DOWN', Ref, process, Pid, {answer, Answer}} -> {ok, Answer};
        {'DOWN', Ref, process, Pid, killed} -> never
    after Milliseconds ->
        exit(Pid, kill),
        erlang:demonitor(Ref, [flush]),
        never
    end.

pieces(0) -> {"", []};
pieces(N) ->
    {F1, A1} = (pick([fun control/0, fun control/0, fun control/0, fun plain/0]))(),
    {F2, A2} = pieces(N - 1),
    {F1 ++ F2, A1 ++ A2}.

plain() ->
    {pick(["", "abc", "a\nb", "\t", "x\ty", [1089, 229], "a\n"]), []}.

control() ->
    {Width, WidthArgs} = (pick([fun none/0, fun none/0, fun field_width/0, fun left_width/0, fun star_width/0]))(),
    {Precision, PrecisionArgs} = (pick([fun none/0, fun none/0, fun precision/0, fun star_precision/0, fun pad/0]))(),
    Modifier = pick(["", "", "", "t", "l", "tl", "lt"]),
    Letter = pick("cfegswpWPBXbx#+nni~~sswpq"),
    {"~" ++ Width ++ Precision ++ Modifier ++ [Letter], WidthArgs ++ PrecisionArgs ++ arguments(Letter)}.

none() -> {"", []}.
field_width() -> {integer_to_list(pick([0, 1, 2, 3, 5, 8, 20, 40])), []}.
left_width() -> {"-" ++ integer_to_list(pick([0, 1, 2, 3, 5, 8, 20, 40])), []}.
star_width() -> {pick(["*", "*", "-*"]), [pick([0, 1, 5, 20, -1, -8, -20, a, 1.0])]}.
precision() -> {"." ++ integer_to_list(pick([0, 1, 2, 3, 5, 8, 16, 20, 36, 37, 60])), []}.
star_precision() -> {".*", [pick([0, 1, 2, 5, 10, 16, 20, a])]}.
pad() ->
    case rand:uniform(3) of
        1 -> {".." ++ [pick([$*, $0, $x, 229, 1089])], []};
        2 -> {"." ++ integer_to_list(pick([1, 2, 5, 10])) ++ "." ++ [pick("*0x")], []};
        3 -> {"..*", [pick([$x, $0, 1089, a])]}
    end.

arguments(L) when L =:= $n; L =:= $~; L =:= $q -> [];
arguments(L) when L =:= $W; L =:= $P -> [term(3), pick([-1, 0, 1, 2, 5, 10, 10, a])];
arguments(L) when L =:= $X; L =:= $x -> [argument(L), pick(["", "0x", [1089], 'atom-prefix', <<"bin">>, 12, [$a, "b"]])];
arguments(L) -> [argument(L)].

argument(L) ->
    case rand:uniform(12) of
        1 -> pick([a, 1, 1.0, "text", <<"bin">>, [], {1}, 1 bsl 70, -1, [a | b]]);
        _ -> fitting(L)
    end.

fitting($c) -> pick([$a, $\n, 229, 1089, 0, 300, 16#10ffff, -1, 16#110000]);
fitting(L) when L =:= $f; L =:= $e; L =:= $g -> format_float();
fitting($s) -> string_like();
fitting(L) when L =:= $B; L =:= $X; L =:= $b; L =:= $x; L =:= $#; L =:= $+ -> pick([0, 1, -1, 255, -255, 123456789, integer()]);
fitting(_) -> term(pick([0, 1, 2])).

format_float() ->
    case rand:uniform(4) of
        1 -> float_number();
        2 -> (rand:uniform() - 0.5) * pick([1, 10, 1000, 1.0e6, 1.0e16]);
        3 -> pick([0.0, 0.5, 1.5, 2.5, 0.125, 0.95, 0.995, 9.5, 9.95, 99.95, 999.5, 999.95, 9999.5, 9999.95, 0.09, 0.1, 0.095, 1.0e22, 1.0e23, 1.0e100, 1.0e-100, 0.1, 0.25, 0.05]);
        4 -> rand:uniform(100000) / pick([10, 100, 1000, 8, 16])
    end.

string_like() ->
    case rand:uniform(10) of
        1 -> atom();
        2 -> list_to_binary(printable(pick([0, 1, 5, 30])));
        3 -> unicode:characters_to_binary(printable(pick([0, 1, 5, 30])));
        4 -> [printable(3), [list_to_binary(printable(2)) | <<"tail">>]];
        5 -> [1089, $a, [1090]];
        6 -> <<1089/utf8, "abc">>;
        7 -> [printable(3), -1];
        8 -> [229, <<229>>];
        9 -> "a\nbc\tdef";
        10 -> printable(pick([0, 1, 5, 30]))
    end.

%% -- BIFs: the question is {Module, Function}

bif() ->
    {M, F, Args} = call(),
    {{M, F}, Args, answer(fun() -> apply(M, F, Args) end)}.

call() ->
    case rand:uniform(8) of
        1 ->
            F = pick([is_atom, is_binary, is_bitstring, is_boolean, is_float, is_function, is_integer, is_list, is_map, is_number, is_pid,
                      is_port, is_reference, is_tuple, hd, tl, length, tuple_size, byte_size, bit_size, size, map_size,
                      tuple_to_list, list_to_tuple, atom_to_list, 'not', phash2, float_to_list, integer_to_list]),
            {erlang, F, [any()]};
        2 ->
            F = pick(['==', '/=', '=:=', '=/=', '<', '>', '=<', '>=', min, max, 'and', 'or', 'xor', '++', '--', is_record,
                      is_function]),
            {erlang, F, [any(), any()]};
        3 ->
            {F, Args} = pick([{element, [index(), tuple()]}, {setelement, [index(), tuple(), any()]},
                              {make_tuple, [index(), any()]}, {make_tuple, [index(), any(), defaults()]},
                              {append_element, [tuple(), any()]}, {insert_element, [index(), tuple(), any()]},
                              {delete_element, [index(), tuple()]}, {is_record, [tuple(), pick([a, b, 1])]},
                              {is_record, [tuple(), pick([a, b]), index()]}, {is_map_key, [any(), map()]},
                              {map_get, [any(), map()]}, {phash2, [any(), pick([1, 2, 1000, 1 bsl 32, 0, 1 bsl 33, a])]}]),
            {erlang, F, Args};
        4 ->
            {F, Args} = pick([{'++', [elements(), pick([elements(), a])]}, {'--', [elements(), elements()]},
                              {length, [elements()]}, {hd, [elements()]}, {tl, [elements()]}]),
            {erlang, F, Args};
        5 ->
            Tuples = [pick([{element_(), element_()}, {element_()}, a, {element_(), x, y}]) || _ <- lists:seq(1, pick([0, 1, 3, 10]))],
            {F, Args} = pick([{member, [element_(), elements()]}, {reverse, [elements(), pick([elements(), a])]},
                              {keyfind, [element_(), index(), Tuples]}, {keymember, [element_(), index(), Tuples]},
                              {keysearch, [element_(), index(), Tuples]}, {member, [any(), any()]},
                              {keyfind, [any(), any(), any()]}, {reverse, [any(), any()]}]),
            {lists, F, Args};
        6 ->
            Base = pick([2, 8, 10, 16, 36, 1, 37, a]),
            {F, Args} = pick([{integer_to_list, [integer()]}, {integer_to_list, [integer(), Base]},
                              {list_to_integer, [digits()]}, {list_to_integer, [digits(), Base]}]),
            {erlang, F, Args};
        7 ->
            {F, Args} = pick([{list_to_float, [float_digits()]}, {float_to_list, [float_number()]},
                              {float_to_list, [float_number(), float_options()]}, {list_to_float, [any()]}]),
            {erlang, F, Args};
        8 ->
            {F, Args} = pick([{list_to_atom, [characters()]}, {atom_to_list, [atom()]}, {list_to_existing_atom, ["erlang"]},
                              {list_to_binary, [bytes()]}, {iolist_to_binary, [bytes()]}, {iolist_size, [bytes()]},
                              {binary_to_list, [leaf()]}, {list_to_bitstring, [bytes()]},
                              {binary_to_list, [<<"abcdef">>, index(), index()]},
                              {atom_to_binary, [atom()]}, {atom_to_binary, [atom(), pick([utf8, latin1, unicode, x])]},
                              {binary_to_atom, [leaf()]}, {binary_to_atom, [<<"a\x{e5}">>, pick([utf8, latin1, x])]},
                              {binary_to_existing_atom, [<<"erlang">>]},
                              {integer_to_binary, [integer()]}, {integer_to_binary, [integer(), pick([2, 16, 37])]},
                              {binary_to_integer, [as_binary(digits())]}, {binary_to_integer, [leaf()]},
                              {float_to_binary, [float_number()]}, {float_to_binary, [float_number(), float_options()]},
                              {binary_to_float, [as_binary(float_digits())]}, {binary_to_float, [leaf()]},
                              {binary_part, [<<"abcdef">>, index(), index()]}, {binary_part, [<<"abcdef">>, {index(), index()}]},
                              {split_binary, [<<"abcdef">>, index()]}]),
            {erlang, F, Args}
    end.

any() -> pick([term(1), leaf(), element_(), tuple(), integer(), float_number(), true, false]).
index() -> pick([0, 1, 2, 3, 4, 5, -1, a, 1 bsl 70, 1.0]).
tuple() -> pick([{}, {a}, {b, 1}, {1, 2, 3}, {a, {b}, "c", 1.5}, [a]]).
map() -> pick([#{}, #{a => 1}, #{1 => a, 1.0 => b}, #{"k" => v, {1} => w}, a]).
defaults() -> pick([[], [{1, x}], [{2, y}, {1, x}], [{9, z}], [a], a, [{1, a} | b]]).
element_() -> pick([1, 1.0, a, b, {1}, {1.0}, "x", 2, 1 bsl 70, [], <<"b">>]).
elements() ->
    L = [element_() || _ <- lists:seq(1, pick([0, 1, 2, 3, 10, 40]))],
    pick([L, L, L, L, improper(L, tail)]).
digits() ->
    pick([integer_to_list(integer()), integer_to_list(integer(), 16), "", "+", "-", "+12", "-0", "00012", "12a", "1_2", " 1", "zZ", [49, a],
          "-" ++ integer_to_list(integer(), 36)]).
as_binary(List) -> try list_to_binary(List) catch error:badarg -> <<"17">> end.
float_digits() ->
    pick([float_to_list(float_number()), io_lib:format("~w", [float_number()]), "1.0", "+1.5", "-1.5e3", "1.5E+3", "1.5e-3", "1e3", "1.", ".5", "1",
          "1.0e400", "1.0e-400", "", "a", "1.0 ", "1.0e", "1.0e+", "0.1", "123456789012345678901234567890.5", [49, $., 48]]).
float_options() ->
    [pick([short, compact, {decimals, pick([0, 1, 2, 5, 10, 20, 100, 253, 254, -1])}, {scientific, pick([0, 1, 3, 10, 20, 249, 250, -1])}])
     || _ <- lists:seq(1, pick([0, 1, 1, 1, 2]))].
characters() -> pick([printable(5), [1089, 1090], lists:duplicate(255, $a), lists:duplicate(256, $a), [a], [-1], [16#d800], [16#110000], a]).
bytes() ->
    pick(["abc", [1, [2, <<3, 4>>] | <<5>>], [], <<>>, [256], [a], [[[[]]]], [1 | 2], a, [<<1>> | [2]], printable(20), [<<"a">>, [<<"b">> | "c"]]]).
