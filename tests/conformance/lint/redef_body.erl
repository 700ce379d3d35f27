-module(redef_body).
-import(lists, [map/2]).
-export([f/0]).
f() -> 1.
f() -> X, g().
map(A, B) -> Y, h().
g() -> ok.
h() -> ok.
module_info() -> Z.
