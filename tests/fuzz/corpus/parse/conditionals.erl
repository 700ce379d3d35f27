-module(t3).
-ifdef(NOPE).
a() -> $.
-ifdef(W).
b() -> 'unt
-else.
-endif.
x' -> ok.
-endif.
-ifndef(NOPE).
c() -> ok.
-else.
-endif.
-if(1).
d() -> bad.
-endif.
-if(true and (1 =:= 1.0)).
e() -> bad.
-elif(is_atom(foo) andalso hd([a]) =:= a).
e() -> good.
-elif(true).
e() -> second.
-endif.
-if(defined(t)).
-endif.
-if(length("abc") =:= 3, true).
-endif.
-if(length("abc") =:= 3; false).
-endif.
-if((1 bsl 100) > 5).
f() -> big.
-endif.
-if(#{a => 1} =:= #{a => 1}).
g() -> maps.
-endif.
-if(<<1>> =:= <<"\x01">>).
h() -> bin.
-endif.
-if(A = 1).
i() -> bad.
-endif.
-if(case 1 of 1 -> true end).
i() -> bad.
-endif.
-if(?MODULE =:= t3).
j() -> good.
-endif.
-if(catch true).
j() -> good.
-endif.
-if(begin true end).
j() -> good.
-endif.
-if(fun() -> true end).
-endif.
-if(lists:member(a, [a])).
k() -> remote.
-endif.
-if(erlang:is_atom(a)).
l() -> remote.
-endif.
-if(ok).
l() -> remote.
-endif.
-if(node() == x).
-endif.
-if(?UNDEFD == 2).
-endif.
-if defined(FOO).
-endif.
-ifdef FOO.
-endif.
-else(foo).
-endif.
