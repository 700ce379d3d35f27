-module(on_load_list).
-on_load([init/0]).
init() -> ok.
