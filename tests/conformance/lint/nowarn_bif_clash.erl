-module(nowarn_bif_clash).
-compile(nowarn_bif_clash).
-compile({nowarn_bif_clash, {length, 1}}).
-export([f/0]).
f() -> length([]).
length(_) -> 1.
