-module(deprecated_calls).
-export([f/0]).
f() -> random:uniform(), erlang:now(), crypto:rand_bytes(1), lists:zf(1, 2), erlang:hash(1, 2), http_uri:parse(""), os_mon_mib:init(1).
