-module(callback_defined).
-export([f/0]).
-callback init(A :: term()) -> {ok, B}.
-callback init(A :: term()) -> {ok, C}.
-callback other(undefined_type()) -> ok.
-optional_callbacks([init/1, nosuch/2]).
f() -> ok.
