-module(callback_module).
-callback init(Args :: term()) -> {ok, State :: term()}.
-optional_callbacks([init/1]).
-spec behaviour_info_x() -> ok.
-export([behaviour_info_x/0]).
behaviour_info_x() -> ok.
