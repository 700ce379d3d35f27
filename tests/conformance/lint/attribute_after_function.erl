-module(attribute_after_function).
-export([f/0]).
f() -> ok.
-export([g/0]).
-import(lists, [map/2]).
-vsn(1).
-author(me).
-custom(foo).
-compile(export_all).
-behaviour(gen_server).
g() -> ok.
-type t() :: integer().
-record(r, {a}).
-spec h() -> ok.
h() -> ok.
-on_load(h/0).
-export_type([t/0]).
-file("other.erl", 7).
-module(second).
