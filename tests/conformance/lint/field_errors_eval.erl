-module(field_errors_eval).
-record(r, {a}).
-export([f/1]).
f(X) -> #r{b = Y}, X#r{b = Z}, (W)#r.b, #r{a = 1, a = V}.
