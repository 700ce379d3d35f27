-module(attribute_bad_export).
-export(f).
-export([f]).
-export([f/a]).
f() -> ok.
