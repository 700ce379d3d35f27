-module(bin_value).
-export([f/1]).
f(<<(f(1))>>) -> 1;
f(<<(a + 1)>>) -> 1;
f(<<-a>>) -> 1;
f(<<(1 div 0)>>) -> 1.
