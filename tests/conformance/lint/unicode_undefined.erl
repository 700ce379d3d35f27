-module(unicode_undefined).
-export([f/0]).
f() -> 'функция'().
