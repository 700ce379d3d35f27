-module(behav_missing).
-behavior(gen_sever).
-export([f/0]).
f() -> ok.
