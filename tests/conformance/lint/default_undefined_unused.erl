-module(default_undefined_unused).
-record(r, {a = nosuch()}).
-record(s, {a = #r{}}).
-export([f/1]).
f(X) -> X.
