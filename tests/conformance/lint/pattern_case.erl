-module(pattern_case).
f() ->
    case 1 of
        g(1) -> 1;
        m:f(X) -> X;
        fun() -> ok end -> 1;
        X#{a := 1} -> X;
        [X || X <- []] -> X;
        begin 1 end -> 1;
        catch 1 -> 1;
        (case 1 of 1 -> 2 end) -> 3;
        1 ! 2 -> 1;
        1 andalso 2 -> 2;
        X#r.a -> 1;
        X#r{a = 1} -> 1;
        (if true -> 1 end) -> 1
    end.
