-module(string_patterns_unicode).
-export([f/1]).
f(<<"йцу"/utf8, _/binary>>) -> ok;
f("йцу" ++ X) -> X.
