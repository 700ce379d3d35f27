%% Attributes, types, and functions with several clauses.
-module(forms).
-behaviour(gen_server).
-vsn("1.0").
-author('a b').
-compile([export_all, {inline, [f/1]}]).
-export([f/1, g/0]).
-export_type([t/0, pair/2]).
-import(lists, [map/2]).
-on_load(g/0).
-custom({a, [1, -2.5, f/1], #{k => <<"v">>}}).
-dialyzer({nowarn_function, f/1}).

-record(r, {a, b = 1, c :: integer(), d = [] :: [atom()] | undefined}).

-type t() :: integer() | float().
-type pair(A, B) :: {A, B}.
-opaque hidden() :: #{a := integer(), b => atom()} | #r{} | #r{a :: atom()} | fun() | fun((...) -> t())
                  | fun((A :: t(), [t()]) -> nonempty_list()) | [t(), ...] | [] | <<>> | <<_:8>> | <<_:_*4>>
                  | <<_:8, _:_*4>> | 1..2 | -1..1 bsl 4 | $a | 'atom' | sets:set(t()) | {} | tuple().

-callback init(Args :: term()) -> {ok, State :: term()}.
-optional_callbacks([init/1]).

-spec f(X) -> Y when X :: t(), is_subtype(Y, integer());
       (atom()) -> ok.
f(X) when is_integer(X) -> X;
f(X) -> {ok, X}.

-spec forms:g() -> no_return().
g() -> exit(normal).
