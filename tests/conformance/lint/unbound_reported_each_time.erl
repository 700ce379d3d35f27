-module(unbound_reported_each_time).
-export([f/0]).
f() -> {B, B, B}.
