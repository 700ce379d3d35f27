-module(number_matching).
-export([f/1]).
f(0.0) -> 1;
f(-0.0) -> 2;
f(+0.0) -> 3.
