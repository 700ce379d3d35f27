-module(record_undefined_similar).
-record(person, {name, address}).
-export([f/1]).
f(X) -> {X#persn.name, X#person.nmae, #person{adress = 1}}.
