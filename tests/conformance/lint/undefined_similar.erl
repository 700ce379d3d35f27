-module(undefined_similar).
-export([start/0]).
start() -> lop(1).
loop(N) -> lopo(N).
