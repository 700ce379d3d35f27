-module(include_missing).
-include("nosuch.hrl").
-export([g/0]).
g() -> ok.
