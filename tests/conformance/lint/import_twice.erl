-module(import_twice).
-import(lists, [map/2]).
-import(maps, [map/2]).
-export([f/0]).
f() -> map(1, 2).
