-module(guard_false).
-export([f/1]).
f(X) when is_atom(X), false -> 1;
f(X) when false; X -> 1;
f(X) when false; false -> 1;
f(X) when not true -> 1;
f(X) when 1 -> 1;
f(X) when foo -> 1;
f(X) when {X} -> 1;
f(X) when "a" -> 1;
f(X) when true andalso false -> 1;
f(X) when 1 > 2 -> X;
f(_) -> 2.
