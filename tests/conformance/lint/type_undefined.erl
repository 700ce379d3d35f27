-module(type_undefined).
-export([f/1]).
-spec f(foo()) -> bar(integer()).
f(X) -> X.
-type t() :: nosuch | lists:foo() | baz().
-export_type([t/0]).
