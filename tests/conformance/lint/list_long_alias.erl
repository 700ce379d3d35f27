-module(list_long_alias).
-export([f/1]).
f([A, <<B>>, C] = [D, <<E>>, F]) -> {A, B, C, D, E, F};
f([A | <<B>>] = [_, C]) -> {A, B, C};
f([A, B] = [C | <<D>>]) -> {A, B, C, D}.
