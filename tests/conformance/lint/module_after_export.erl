-export([f/0]).
-module(module_after_export).
f() -> ok.
