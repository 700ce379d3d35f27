-module(type_records_only_main).
-include("type_records_only_main.hrl").
-export([f/0]).
f() -> ok.
