-module(export_undefined).
-export([f/0, g/1, h/2]).
f() -> ok.
