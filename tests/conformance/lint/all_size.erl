-module(all_size).
-export([f/1]).
f(X) -> <<_:all/binary>> = X, <<Y:all>> = X, Y.
