-module(effect_nested).
-record(r, {a}).
-export([f/1]).
f(X) ->
    {{X}, length(X)},
    [{X}, {X} | {X}],
    #r{a = {X}},
    X#r{a = {X}},
    X#r.a,
    #r.a,
    is_record(X, r),
    record_info(size, r),
    record_info(fields, r),
    [Y || Y <- X, {Y}],
    << <<Y>> || Y <- X >>,
    #{a => X, b => {X}},
    fun f/1,
    fun F(Z) -> F(Z) end,
    (fun() -> {X} end)(),
    F1 = {X},
    F1,
    catch length(X),
    catch foo(X),
    begin length(X) end,
    (length(X)),
    maybe_fun(X),
    ok.
foo(X) -> X.
maybe_fun(X) -> {X}, X.
