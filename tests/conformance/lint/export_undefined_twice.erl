-module(export_undefined_twice).
-export([g/0, g/0]).
-export([g/0]).
f() -> ok.
