-module(syntax_error_and_lint).
-export([f/0, g/0]).
f() -> X.
g() -> ) .
h() -> ok.
