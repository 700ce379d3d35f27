-module(attribute_deprecated).
-deprecated([{f, 0}]).
-deprecated([{g, 0, soon}, {f, '_'}]).
-deprecated(bogus).
-deprecated([{f, 0, "string"}]).
-removed([{h, 1, "gone"}]).
-removed([{f, 0}]).
-export([f/0]).
f() -> ok.
