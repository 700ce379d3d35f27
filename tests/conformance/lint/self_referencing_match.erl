-module(self_referencing_match).
-export([f/0]).
f() -> X = X + 1, X.
