-module(attribute_compile).
-compile([{nowarn_unused_function, f/0}, inline, {inline, [g/0, f/0]}]).
-compile({inline, [nosuch/3]}).
-compile(bogus_option).
f() -> g().
g() -> ok.
