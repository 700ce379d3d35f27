-module(t2).
-file("zz.erl", 10).
a() -> ?LINE.
-file("yy.erl", 50).

b() -> ?LINE.
-define(Y(X), {?X, X}).
-define(X, mac).
c() -> ?Y(1).
-define(ML(X, Y), {start, X, mid, Y, fin}).
d() -> ?ML(
  a,
  b).
-define(Q, ?LINE).
e() -> {
  ?Q,
  ?ML(?LINE,
      ?LINE)}.
-define(S(X), ??X).
f() -> ?S(?Q), ?S( a  b + 'Q x' "s\n" #{a=>1}).
-define(two(), a. b).
-define(N(N), N).
g() -> ?N(?N(?N(1))).
-define(OVL, none).
-define(OVL(A), one).
-define(OVL(), zero).
h() -> {?OVL, ?OVL(1), ?OVL()}.
h2() -> ?OVL(1,2).
-define(NONE, foo).
i() -> ?NONE(1).
-undef(OVL).
j() -> ?OVL.
-define(lower(X), X).
k() -> ?lower(1).
-define(if, 3).
-define(P, (1).
l() -> ?P.
-define(Z(), z) .
-define( W , w ) .
m() -> {?Z(), ?W}.
-ifdef(W).
n() -> yes.
-else.
n() -> "unterminated
-endif.
o() -> end.
