-module(bad_attribute_forms).
-foo().
-bar(1 + 2).
-baz(fun() -> ok end).
-qux({a, "b", <<"c">>, #{}}).
-export([g/0]).
g() -> ok.
