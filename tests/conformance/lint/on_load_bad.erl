-module(on_load_bad).
-on_load(init).
init() -> ok.
