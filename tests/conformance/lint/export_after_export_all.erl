-module(export_after_export_all).
-compile([export_all, nowarn_export_all]).
-export([f/0, h/0]).
f() -> ok.
