-module(on_load_ok).
-on_load(init/0).
init() -> ok.
