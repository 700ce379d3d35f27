-module(remote_outside_call).
-export([f/1, g/0, h/1, i/2]).
f(X) -> lists:foo, X.
g() -> (1 + 2):foo.
h(X) -> (a:b)(X), (lists:map):f(X), X ! a:b, fun(Q) -> z:Q end.
i(X, Y) -> Z = q:U, X:Y, Z.
