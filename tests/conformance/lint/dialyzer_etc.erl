-module(dialyzer_etc).
-ignore_xref(f/0).
-export([f/0]).
-doc("foo").
-moduledoc("bar").
f() -> ok.
