-module(on_load_variants).
-on_load(init/0).
-export([init/1]).
init(_) -> ok.
