-module(deprecated).
-deprecated([{nosuch, 1}, {f, 0}, {g, 0}, {h, '_'}]).
-deprecated({f, 0, eventually}).
-deprecated({f, 0, never}).
-deprecated(module).
-removed([{nosuch, 1}, {f, '_', "x"}]).
-removed({f, 0, eventually}).
-export([f/0]).
f() -> ok.
g() -> ok.
