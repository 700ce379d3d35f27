-module(order).
-compile(export_all).
-compile(nowarn_export_all).
-compile([warn_unused_vars, nowarn_unused_vars]).
f(X) -> ok.
