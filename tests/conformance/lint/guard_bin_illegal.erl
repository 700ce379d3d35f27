-module(guard_bin_illegal).
-export([f/1]).
f(X) when <<X:(foo(X))>> =:= X -> ok;
f(X) when <<X/foo>> =:= X -> ok;
f(X) when #{X => foo(X)} =:= X -> ok;
f(X) when [X | foo(X)] =:= X -> ok;
f(X) when X#{a => 1} =:= X, X#{foo(1) => 1} -> ok;
f(X) when is_function(X), is_function(X, 1), (X)(1), fun X/1 -> ok;
f(X) when -foo(X) -> ok;
f(X) when a, 1, "x", 1.0, $c, [], {} -> ok;
f(X) when X andalso foo(X) orelse bar(1) -> ok.
