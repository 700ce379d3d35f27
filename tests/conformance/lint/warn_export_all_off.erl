-module(warn_export_all_off).
-compile([nowarn_export_all]).
-compile([export_all]).
f(_) -> ok.
