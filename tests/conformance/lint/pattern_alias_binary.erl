-module(pattern_alias_binary).
-export([f/1]).
f(<<A:8, _/bits>> = <<_:4, B:4, _/bits>>) -> {A, B}.
