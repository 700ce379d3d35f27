-module(import_and_define).
-import(lists, [map/2, reverse/1]).
-export([map/2]).
map(_, _) -> ok.
reverse(X) -> X.
