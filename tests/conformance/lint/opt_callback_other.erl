-module(opt_callback_other).
-behaviour(gen_server).
-optional_callbacks([init/1]).
-export([f/0]).
f() -> ok.
