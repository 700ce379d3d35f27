-module(exports_in_wrong).
-export([module_info/0, f/1]).
-export([f/1]).
f(X) -> module_info(X).
