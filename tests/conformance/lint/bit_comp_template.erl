-module(bit_comp_template).
-export([f/1]).
f(X) ->
    {<< <<A>> || A <- X >>, << A || A <- X >>, << {A} || A <- X >>, << [A] || A <- X>>, << "abc" || _ <- X>>, << (1) || _ <- X >>}.
