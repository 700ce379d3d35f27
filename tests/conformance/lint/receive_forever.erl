-module(receive_forever).
-export([f/0]).
f() -> receive after infinity -> ok end.
