-module(map_expressions).
-export([f/1]).
f(X) ->
    {#{a => 1, b => Y}, X#{c := Z}, X#{d => 1}, #{a := 1}}.
