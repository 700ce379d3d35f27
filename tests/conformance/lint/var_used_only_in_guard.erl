-module(var_used_only_in_guard).
-export([f/1]).
f({A, B, C}) when A > B -> ok.
