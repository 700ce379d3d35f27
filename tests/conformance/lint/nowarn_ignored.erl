-module(nowarn_ignored).
-compile(nowarn_ignored).
-export([f/1]).
f(X) -> {X}, length(X), ok.
