-module(specs_no_fun).
-export([f/1]).
-spec f(integer()) -> integer();
       (atom()) -> atom().
f(X) -> X.
-spec f(integer(), integer()) -> ok.
