-module(macro_line_undefined).
-define(M(X),
   foo(X,
     Y)).
-export([f/0]).
f() ->
   ?M(
    Z).
