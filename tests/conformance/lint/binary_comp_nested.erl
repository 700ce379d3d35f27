-module(binary_comp_nested).
-export([f/1]).
f(B) -> << <<X:4>> || <<X:8>> <= B, Y <- [X], Z = Y, Z > 1 >>.
