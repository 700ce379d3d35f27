-module(on_load_twice).
-on_load(init/0).
-on_load(other/0).
init() -> ok.
other() -> ok.
