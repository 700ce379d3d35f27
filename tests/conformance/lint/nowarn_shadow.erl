-module(nowarn_shadow).
-compile(nowarn_shadow_vars).
-compile([{nowarn_unused_vars}]).
-compile([nowarn_export_vars, warn_export_vars]).
-export([f/1]).
f(A) -> fun(A) -> A end, case A of 1 -> B = 1; _ -> B = 2 end, B.
