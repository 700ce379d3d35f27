-module(unicode_atom).
-export([f/1]).
f(A) -> 'hello world'(A), 'été'(A), élé(A), #'R'{}, A#'r r'.x, #r{}.
