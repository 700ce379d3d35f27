-module(catch_all_after_unused).
-export([f/1]).
f(L) -> lists:foreach(fun(_) -> 1; (_) -> 2 end, L).
