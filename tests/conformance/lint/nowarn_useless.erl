-module(nowarn_useless).
-compile([nowarn_nomatch, nowarn_failed]).
-export([f/1]).
f(X) -> X;
f(1) -> a + 1.
