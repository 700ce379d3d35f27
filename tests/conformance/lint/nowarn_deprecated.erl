-module(nowarn_deprecated).
-compile([nowarn_deprecated_function]).
-compile({nowarn_deprecated_function, [{erlang,now,0}]}).
-compile(nowarn_removed).
-export([f/0]).
f() -> erlang:now(), random:uniform(), erlang:get_stacktrace().
