-module(import_after_use).
-export([f/0]).
-import(lists, [member/2, foo/0]).
f() -> member(1, []), foo().
