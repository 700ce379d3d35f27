-module(nowarn_export_all).
-compile([export_all, nowarn_export_all]).
f() -> ok.
