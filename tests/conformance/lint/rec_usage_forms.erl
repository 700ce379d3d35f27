-module(rec_usage_forms).
-record(a, {x}).
-record(b, {x}).
-record(c, {x}).
-record(d, {x}).
-record(e, {x}).
-record(f, {x}).
-record(g, {x = #e{}}).
-record(h, {x}).
-record(i, {x}).
-export([f/1]).
f(X) when is_record(X, a) -> X#b.x;
f(#c{}) -> #d.x;
f(X) -> record_info(size, f), is_record(X, g), is_record(X, h, 2), unused.
g() -> #i{}.
