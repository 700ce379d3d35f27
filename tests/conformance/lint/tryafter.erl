-module(tryafter).
-export([f/1]).
f(X) ->
    try X after {X} end,
    try {X} catch _ -> 1 end,
    try foo:bar(), {X} catch _ -> {X} end,
    try foo:bar() of 1 -> {X}; _ -> 1 end,
    try foo:bar() of 1 -> {X}; _ -> 1 catch _ -> {X}, ok end,
    ok.
