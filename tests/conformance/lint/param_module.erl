-module(param_module, [A]).
f() -> A.
