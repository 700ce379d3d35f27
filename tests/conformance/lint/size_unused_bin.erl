-module(size_unused_bin).
-export([f/1]).
f(<<A:8, B:A>>) -> ok.
