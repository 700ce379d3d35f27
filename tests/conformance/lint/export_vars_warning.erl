-module(export_vars_warning).
-compile(warn_export_vars).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 1;
        _ -> B = 2
    end,
    B.
