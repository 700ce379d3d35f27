-module(ignored_nested_errors).
-export([f/1]).
f(X) -> #undef{a = Y, b = foo()}, X#undef{c = Z}, X#undef.d, (foo())#undef.d.
