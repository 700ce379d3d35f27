%% Macros and conditionals; the header is beside.
-module(preprocessing).
-export([values/1, conditions/0]).
-include("preprocessing.hrl").

-define(NONE, none).
-define(ADD(A, B), (A + B)).
-define(ADD(A), ?ADD(A, 1)).
-define(SHOW(X), {??X, X}).

values(X) ->
    {?NONE, ?ADD(1, 2), ?ADD(X), ?SHOW(X + foo(1, "s")), ?FROM_HEADER(X),
     ?MODULE, ?MODULE_STRING, ?FILE, ?LINE, ?MACHINE, ?OTP_RELEASE, ?FUNCTION_NAME, ?FUNCTION_ARITY}.

-ifdef(UNDEFINED).
this is not Erlang: § 16#, "\xZZ" but nobody looks at it.
-else.
conditions() -> taken.
-endif.

-if(?OTP_RELEASE >= 25 andalso defined(NONE)).
-undef(NONE).
-elif(true).
-error("never").
-endif.

foo(_, _) -> ok.

-file("elsewhere.yrl", 100).
-compile({nowarn_unused_function, [here/0]}).
here() -> {?FILE, ?LINE}.
