-module(spec_this_module).
-export([f/0]).
-spec spec_this_module:f() -> ok.
f() -> ok.
