-module(underscore_match).
-compile(nowarn_underscore_match).
-export([f/1]).
f({_A, _A}) -> ok.
