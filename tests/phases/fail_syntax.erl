%% Mistakes of beginners, one a form: each is reported, with its hint.
-module(fail_syntax).
-export([less/1]).

less(X) -> X <= 1.

not_equal(X) -> X != 1.

both(X, Y) -> X && Y.

comma(X) ->
    foo(X)
    bar(X).

last_comma(X) ->
    case X of
        1 -> one,
        2 -> two
    end,
.

no_end(X) ->
    case X of
        1 -> one
.

no_paren(X) -> foo(X, 1.

no_stop() -> ok

after_no_stop() -> ok.

Upper(X) -> X.

other_name(1) -> one;
othername(2) -> two.

if_else(X) -> if X -> 1 else 2 end.

clauses(1) -> case of;
clauses(2) -> );
clauses(3) -> fine.

comment() -> 1. // not a comment

-export([a/1, b]).
-record(r, {A}).
-module("string").

macros() -> ?UNKNOWN.

characters() -> §.

numbers() -> 37#1.

escape() -> "\x{110000}".

unterminated() -> "to the end.
