-module(spec_for_undef_and_type).
-spec f(T) -> T when T :: {U}.
f(X) -> X.
-export([f/1]).
