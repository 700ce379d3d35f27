-module(record_field_atom_quoted).
-record('my rec', {'field one'}).
-export([f/1]).
f(A) -> A#'my rec'.'field two'.
