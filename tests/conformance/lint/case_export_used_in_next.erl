-module(case_export_used_in_next).
-export([f/1]).
f(A) ->
    {case A of 1 -> B = 1; _ -> B = 2 end, B}.
