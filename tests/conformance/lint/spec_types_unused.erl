-module(spec_types_unused).
-type a() :: b().
-type b() :: atom().
-record(r, {x :: a()}).
-export([f/0]).
f() -> ok.
