-module(import_twice_same).
-import(lists, [map/2]).
-import(lists, [map/2]).
-export([f/0]).
f() -> map(1, 2).
