-module(file_attribute).
-export([f/0]).
-file("other.hrl", 100).
f() -> X.
g() -> ok.
