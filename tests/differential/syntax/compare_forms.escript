#!/usr/bin/env escript
%% Compares what abstract_format makes of Erlang files with what OTP's epp and erl_parse make of them, places included.
%%
%%   escript compare_forms.escript ABSTRACT_FORMAT APPLICATION...
%%
%% Reads the sources of the applications under code:lib_dir(); prints each difference; exits with 1 when there is one.

-mode(compile).

main([Tool | Applications]) ->
    io:setopts([{encoding, unicode}]),
    Results = [compare_file(Tool, Application, File) ||
                  Application <- Applications,
                  File <- source_files(Application)],
    Bad = length([bad || bad <- Results]),
    io:format("~w files compared, ~w differ~n", [length(Results), Bad]),
    halt(case Bad of 0 -> 0; _ -> 1 end).

source_files(Application) ->
    case code:lib_dir(list_to_atom(Application)) of
        {error, _} -> [];
        Dir -> filelib:wildcard(filename:join([Dir, "src", "**", "*.erl"]))
    end.

%% Where the applications' own makefiles look.
include_dirs(File) ->
    Dir = filename:dirname(File),
    Kernel = code:lib_dir(kernel),
    Stdlib = code:lib_dir(stdlib),
    [Dir, filename:join(Dir, "../include"), filename:join(Kernel, "include"), filename:join(Kernel, "src"),
     filename:join(Stdlib, "include")].

compare_file(Tool, Application, File) ->
    Vsn = list_to_atom(string:uppercase(Application) ++ "_VSN"),
    {ok, Theirs} = epp:parse_file(File, [{includes, include_dirs(File)}, {location, {1, 1}},
                                         {macros, [{Vsn, "vsn"}, {'VSN', "vsn"}]}]),
    Libs = [["-L", App, "=", Dir, " "] || Dir <- filelib:wildcard(code:lib_dir() ++ "/*-*"),
                                         App <- [hd(string:split(filename:basename(Dir), "-"))]],
    Includes = [["-I", Dir, " "] || Dir <- include_dirs(File)],
    Output = filename:join(tmp_dir(), "forms.term"),
    Defines = ["'-D", atom_to_list(Vsn), "=\"vsn\"' '-DVSN=\"vsn\"' "],
    Messages = os:cmd(lists:flatten([Tool, " ", Includes, Libs, Defines, File, " 2>&1 >", Output])),
    case [F || F = {error, _} <- Theirs] of
        [] when Messages =:= "" ->
            {ok, Ours} = file:consult(Output),
            compare(File, [normal(F) || F <- Theirs, not is_file(F)], [normal(F) || F <- Ours]);
        [] ->
            io:format("~ts: OTP has no errors, we have:~n~ts", [File, Messages]),
            bad;
        _ ->
            skipped
    end.

tmp_dir() ->
    case os:getenv("TMPDIR") of false -> "/tmp"; Dir -> Dir end.

is_file({attribute, _, file, _}) -> true;
is_file(_) -> false.

compare(_File, [], []) -> same;
compare(File, [Theirs | MoreTheirs], [Ours | MoreOurs]) ->
    case difference(Theirs, Ours) of
        same -> compare(File, MoreTheirs, MoreOurs);
        {T, O} ->
            io:format("~ts:~n  form ~0tP~n  OTP  ~0tp~n  ours ~0tp~n", [File, Theirs, 12, T, O]),
            bad
    end;
compare(File, Theirs, Ours) ->
    io:format("~ts: forms are missing:~n  OTP  ~0tP~n  ours ~0tP~n", [File, Theirs, 10, Ours, 10]),
    bad.

%% The innermost terms that differ.
difference(_, '_') -> same;
difference(Same, Same) -> same;
difference(A, B) when is_tuple(A), is_tuple(B), tuple_size(A) =:= tuple_size(B) ->
    case difference(tuple_to_list(A), tuple_to_list(B)) of
        {InA, InB} when not is_tuple(InA), not is_list(InA) -> {{A, InA}, {B, InB}};
        Other -> Other
    end;
difference([A | As], [B | Bs]) ->
    case difference(A, B) of
        same -> difference(As, Bs);
        Found -> Found
    end;
difference(A, B) -> {A, B}.

%% Forms without what the tree does not tell apart: user types, tuple() and {}, nested unions, values of attributes.
normal({attribute, Anno, Name, {'$abstract', Abstract}}) ->
    {attribute, place(Anno), Name, erl_parse:normalise(Abstract)};
normal({attribute, Anno, Name, Value})
  when Name =/= record, Name =/= type, Name =/= opaque, Name =/= spec, Name =/= callback ->
    {attribute, place(Anno), Name, Value};
normal({user_type, Anno, Name, Arguments}) -> normal({type, Anno, Name, Arguments});
normal({type, Anno, Name, any}) -> {type, place(Anno), Name, []};
normal({type, Anno, binary, [M, N]}) -> {type, place(Anno), binary, [size_value(normal(M)), size_value(normal(N))]};
normal({type, Anno, union, Types}) ->
    {type, place(Anno), union, lists:flatmap(fun alternatives/1, [normal(T) || T <- Types])};
normal({integer, _, _} = Integer) -> setelement(2, Integer, place(element(2, Integer)));
normal(Tuple) when is_tuple(Tuple), tuple_size(Tuple) >= 2, is_atom(element(1, Tuple)) ->
    [Tag, Anno | Rest] = tuple_to_list(Tuple),
    case is_anno(Anno) of
        true -> list_to_tuple([Tag, place(Anno) | [normal(T) || T <- Rest]]);
        false -> list_to_tuple([normal(T) || T <- [Tag, Anno | Rest]])
    end;
normal(Tuple) when is_tuple(Tuple) -> list_to_tuple([normal(T) || T <- tuple_to_list(Tuple)]);
normal([Head | Tail]) -> [normal(Head) | normal(Tail)];
normal(Other) -> Other.

alternatives({type, _, union, Types}) -> Types;
alternatives(Type) -> [Type].

size_value({integer, _, Value}) -> Value;
size_value(Other) -> Other.

is_anno({Line, Column}) -> is_integer(Line) andalso is_integer(Column);
is_anno([{Key, _} | _]) -> lists:member(Key, [text, location, generated, file]);
is_anno(_) -> false.

place([_ | _] = Anno) -> erl_anno:location(Anno);
place(Place) -> Place.
