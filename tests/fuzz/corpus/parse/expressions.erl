f() -> [{generate, X} || X <- L, {a} = b, {a, b} + c, {x}#r{}, {a}:b(), [1] ++ 2].
f() -> {a, b} = c.
f() -> {a, b}.
f() -> foo({a} = b).
f() -> #{a => b} = c.
f() -> <<a>> = c.
f() -> [a] = c.
f() -> "a" "b" = c.
f() -> fun() -> a end = c.
f() -> (a) = c.
f() -> -a = c.
f() -> #r{} = c.
f() -> X#r.a = c.
f() -> a:b() = c.
f() -> a + b = c.
f() -> (a + b) = c.
f() -> not (a + b) = c.
f() -> case (a + b) of (c + d) -> e end.
f() -> if (a + b) -> e end.
f() -> (a + b):foo().
f() -> (a + b)(c).
f() -> {(a + b), [(c + d), (e + f)]}.
f() -> try a catch (a + b) -> c; throw:(d + e) -> f end.
f() -> <<(a+b):8>>.
f(X + Y = Z) -> a.
f() -> #r{a = (b + c)}.
f() -> X#r.a(b).
f() -> [a + b || c].
f() -> [(a + b), c + d, e + f].
f() -> #r{} = a.
f() -> X#r{} = a.
f() -> X#r.b = a.
f() -> X#{} = a.
f() -> catch a = b.
f() -> foo:bar = b.
