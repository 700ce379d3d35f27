-module(type_recursive_unused).
-type t() :: {t()} | nil.
-export([f/0]).
f() -> ok.
