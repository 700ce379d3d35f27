-module(unused_exported_type).
-type a() :: b().
-type b() :: c().
-type c() :: a().
-export([f/1]).
-spec f(a()) -> ok.
f(_) -> ok.
