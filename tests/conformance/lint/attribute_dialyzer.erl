-module(attribute_dialyzer).
-dialyzer({nowarn_function, f/0}).
-dialyzer({nowarn_function, [f/0, g/1]}).
-dialyzer(no_return).
-dialyzer(bogus).
-dialyzer({bogus, f/0}).
-export([f/0]).
f() -> ok.
