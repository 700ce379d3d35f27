-feature(maybe_expr, enable).
-module(t6).
-feature(foo, enable).
-feature(maybe_expr, bar).
f() -> maybe ok else a -> b end.
g() -> maybe {ok, X} ?= foo(), Y = 1, ok = X else _ -> b end.
h() -> 'maybe'.
i() -> else.
