-module(fun_imported).
-import(lists, [map/2]).
-export([f/0]).
f() -> {fun map/2, fun length/1, fun nosuch/1, fun self/0}.
