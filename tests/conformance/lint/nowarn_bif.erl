-module(nowarn_bif).
-compile(nowarn_bif_clash_x).
-compile({nowarn_bif_clash, [{length,1}]}).
-export([f/0]).
f() -> ok.
