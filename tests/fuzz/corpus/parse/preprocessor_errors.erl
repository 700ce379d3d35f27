-module(t1).
-define(A, 1).
-define(A, 2).
-define(A(X), X).
-define(A(X, Y), X+Y).
-define(A(X, Z), X+Z).
-define(B(X), X).
-define(MODULE, a).
-define(LINE, a).
-undef(MODULE).
-undef(FOO).
-define(C, ?D).
-define(D, ?C).
-define(E(X, X), 1).
-define(F(), f).
-define(G(x), f).
-define(H).
-define(I, ).
-define(j, x).
-define('K k', x).
-define("a", x).
-define(S(X), ??X).
-define.
-define(L, 1
-undef.
-undef(a, b).
-ifdef.
-endif.
f1() -> ?A.
f2() -> ?A(1).
f3() -> ?A(1,2,3).
f4() -> ?B.
f5() -> ?B(1,2).
f6() -> ?C.
f7() -> ?UNDEF.
f8() -> ?UNDEF(1).
f9() -> ?F.
f10() -> ?F().
f11() -> ?F(1).
f12() -> ?B().
f13() -> ?B(.
f14() -> ?j.
f15() -> ?'K k'.
f16() -> ?I ok.
f17() -> ?S(foo(a, "b", $c, 1.5, X) when A+1).
f18() -> ?S().
f19() -> ?.
f20() -> ?1.
f21() -> ?A + ?.
f22() -> {?FUNCTION_NAME, ?FUNCTION_ARITY}.
f23(A, ?FUNCTION_ARITY) -> ?FUNCTION_ARITY.
-foo(?FUNCTION_NAME).
f24() -> ??X.
f25() -> {?MODULE, ?MODULE_STRING, ?FILE, ?LINE, ?MACHINE, ?OTP_RELEASE, ?FEATURE_AVAILABLE(maybe_expr), ?FEATURE_ENABLED(maybe_expr)}.
f26() -> ?B(begin a, b end).
f27() -> ?B(fun(X) -> a, b end).
f28() -> ?B(case a of b -> c, d end).
f29() -> ?B({a, [b, c], <<d, e>>}).
f30() -> ?B(a, ).
f31() -> ?FEATURE_AVAILABLE(foo).
-ifdef(a).
-else.
-else.
-elif(true).
-endif.
-endif.
-else.
-elif(a).
-if(foo bar).
-endif.
-if(1 + a).
-elif(true).
elif_true() -> ok.
-else.
-endif.
-if(defined(A) andalso not defined(Z) andalso ?OTP_RELEASE >= 21).
if_true() -> ok.
-endif.
-if(X).
-endif.
-if(foo()).
-endif.
-if().
-endif.
-if(a, b).
-endif.
-error("foo bar").
-error({a, b}).
-error(foo bar).
-error(X).
-error.
-warning("w").
-warning(?A).
-include("nope.hrl").
-include(foo).
-include_lib("nope/include/x.hrl").
-include_lib("stdlib/include/nope.hrl").
-include_lib(a).
-include.
-file("other.erl", 100).
at_101() -> ?LINE, ?FILE.
-file("other.erl", a).
-file(foo).
-feature(maybe_expr, enable).
-feature(foo, enable).
-feature(maybe_expr, foo).
-feature(maybe_expr).
-define(M, foo(.
-define M foo.
-undef M.
-ifdef(X
