-module(unused_spec_no_func).
-export([f/0]).
f() -> ok.
-spec f() -> undefined_t().
-spec g() -> undefined_t().
