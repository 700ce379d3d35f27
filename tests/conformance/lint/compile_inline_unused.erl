-module(compile_inline_unused).
-compile({inline, [f/1]}).
-export([g/1]).
g(X) -> f(X).
f(X) -> X.
