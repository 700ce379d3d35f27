-module(on_load_and_call).
-on_load(init/0).
-export([f/0]).
f() -> init().
init() -> ok.
