-module(callback_and_behaviour_info).
-export([behaviour_info/1]).
-callback init(term()) -> ok.
behaviour_info(callbacks) -> [].
