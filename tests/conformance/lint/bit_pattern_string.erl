-module(bit_pattern_string).
-export([f/1]).
f(<<"abc", "def"/utf8, "ghi":8, "jkl"/integer, "mno":8/little, _/binary>>) -> ok;
f(<<"a"/binary>>) -> ok;
f(<<"a"/float>>) -> ok.
