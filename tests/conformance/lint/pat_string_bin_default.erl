-module(pat_string_bin_default).
-export([f/1]).
f(<<"abc":3>>) -> 1;
f(<<X:4/utf8>>) -> X;
f(<<X:Y>>) -> X.
