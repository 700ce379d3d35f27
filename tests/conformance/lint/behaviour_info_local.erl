-module(behaviour_info_local).
-behaviour(foo_beh).
-export([f/0]).
-callback foo() -> ok.
f() -> behaviour_info(callbacks).
