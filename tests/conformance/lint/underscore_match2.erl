-module(underscore_match2).
-compile(nowarn_match_underscore_var).
-export([f/1]).
f({_A, _A}) -> ok.
