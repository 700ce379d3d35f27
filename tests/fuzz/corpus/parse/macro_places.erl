-module(m3).
-define(STR(Cl, St, S), case (St#r.h) andalso (St#r.t)(Cl, S) of true -> S; false -> [] end).
a() -> ?STR(dot, St, Ncs++[C]).
-define(X(A, B), B + A * B).
b() -> ?X(1, 2).
-define(Y(A, B), B(A) = A:B(B)).
c() -> ?Y(1, 2).
-define(Z(A, B), [B, A, B | A]).
d() -> ?Z(1, 2).
-define(W(A, B), case A of B -> B; A -> A end).
e() -> ?W(1, 2).
-define(V(A, B), fun(B) when A -> B end).
f() -> ?V(1, 2).
-define(U(A, B), B(A)).
g() -> ?U(X, F).
-define(T(A, B), B = A).
h() -> ?T(X, F).
i() -> ?T((X+1), [F]).
j() -> ?U((X+1), (fun() -> a end)).
k() -> ?U(X+1, a:b).
