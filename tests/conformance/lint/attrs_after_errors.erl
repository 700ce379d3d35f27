-module(attrs_after_errors).
-export([f/1]).
f(X) -> X.
-foo(1).
-vsn(1).
-compile({nowarn_unused_function, [g/0]}).
-dialyzer({nowarn_function, f/1}).
-deprecated({f, 1}).
-optional_callbacks([g/1]).
-callback g(integer()) -> ok.
-opaque t() :: ok.
-export_type([t/0]).
g() -> ok.
h() -> ok.
