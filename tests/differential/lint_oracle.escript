#!/usr/bin/env escript
%% What erlc says about files, in the shape of lint_check: "### FILE", then "line:column: severity: text" sorted.
%% Arguments: -I DIR and -D NAME=TERM, as often as wanted, then files.
main(Args) ->
    io:setopts([{encoding, unicode}]),
    {Options, Files} = options(Args, []),
    lists:foreach(fun(File) -> check(File, Options) end, Files).

options(["-I", Dir | Rest], Options) -> options(Rest, Options ++ [{i, Dir}]);
options(["-D", Definition | Rest], Options) ->
    [Name, Text] = string:split(Definition, "="),
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Value} = erl_parse:parse_term(Tokens),
    options(Rest, Options ++ [{d, list_to_atom(Name), Value}]);
options(Files, Options) -> {Options, Files}.

check(File, Options) ->
    {Errors, Warnings} =
        case compile:file(File, [to_kernel, binary, return | Options]) of
            {ok, _, _, W} -> {[], W};
            {ok, _, W} -> {[], W};
            {error, E, W} -> {E, W}
        end,
    Lines = messages("error", Errors) ++ messages("warning", Warnings),
    io:format("### ~ts~n", [File]),
    [io:format("~ts: ~ts: ~ts~n", [place(Place), Severity, escaped(Text)])
     || {Place, Severity, Text} <- lists:usort(Lines)].

messages(Severity, Results) ->
    [message(Severity, Info) || {_File, Infos} <- Results, Info <- Infos].

message(Severity, {Place, Module, Descriptor}) -> {Place, Severity, lists:flatten(Module:format_error(Descriptor))};
message(Severity, {Module, Descriptor}) -> {none, Severity, lists:flatten(Module:format_error(Descriptor))}.

place({Line, Column}) -> io_lib:format("~p:~p", [Line, Column]);
place(Other) -> io_lib:format("~p", [Other]).

escaped(Text) -> string:replace(Text, "\n", "\\n", all).
