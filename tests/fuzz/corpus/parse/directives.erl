-module(t20).
-include("stdlib/include/assert.hrl").
-include("$HOME/zz.hrl").
-define(S(X), ??X).
f() -> ?S(16#ff 1.50e3 $\n 'a' 'Ab' "x\ty" \x{100} X _y => -> fun).
g() -> ?S(a.b).
-define(T(X), 'X' "X" X).
h() -> {?T(a)}.
-define(U(_), ok).
i() -> ?U(a).
-define(V(X), X ??X).
j() -> {?V(a)}.
-define(w(a), b).
-define(x(A,), b).
-define(y(,A), b).
-define(y(A B), b).
-define(y(A), b) c.
-define(z, b)).
k() -> ?z.
-undef(a.
-undef(1).
-undef('a').
-ifdef(1).
-endif.
-ifndef(a) x.
-endif.
-endif.
-include("a" "b").
-include("a").
-include_lib("").
-include("").
-include("/tmp").
-warning(foo, bar).
-error(1 + 2).
-error(fun a/1).
-error([a|b]).
-error(#{a => 1}).
-define(FUNCTION_NAME, a).
-ifdef(MODULE).
ok_module() -> ok.
-endif.
-ifdef(LINE).
ok_line() -> ok.
-endif.
-ifdef(FUNCTION_NAME).
ok_fname() -> ok.
-endif.
-ifdef(FEATURE_ENABLED).
ok_fe() -> ok.
-endif.
-ifdef(FEATURE_AVAILABLE).
ok_fa() -> ok.
-endif.
-undef(LINE).
l() -> ?LINE.
-define(EMPTY).
?EMPTY
m() -> ok.
-define(FORM, n() -> ok).
?FORM.
-define(ATTR, -foo(bar)).
?ATTR.
-define(DEF, -define(GG, 1)).
?DEF.
-?'FORM'.
-define(rec, define).
-?rec(XX, 1).
o() -> ?XX.
-module(zzz).
p() -> ?MODULE.
