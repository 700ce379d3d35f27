-module(compile_forms2).
-compile({nowarn_unused_function, {f, 0}}).
-compile({nowarn_unused_function, [{g, 0}, h/0]}).
f() -> ok.
g() -> ok.
h() -> ok.
