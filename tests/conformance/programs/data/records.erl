-module(records).
-export([main/0]).
-record(person, {name, age = 0 :: integer(), tags = [], extra = {default, 1}}).
-record(nested, {p = #person{name = inner}, q}).
-record(empty, {}).
main() ->
    P = fun(X) -> io:format("~p~n", [X]) end,
    A = #person{name = "joe", age = 3}, P(A), P(A#person.name), P(A#person{age = 4}), P(#person.age), P(#empty{}), P(record_info(fields, person)), P(record_info(size, person)),
    N = #nested{q = A}, P(N), P((N#nested.q)#person.age), P(N#nested.p#person.name), P(N#nested{p = (N#nested.p)#person{tags = [x]}}),
    P(is_record(A, person)), P(is_record(A, nested)), P(is_record({person, 1}, person)), P(is_record({person, 1, 2, 3, 4}, person)), P(is_record(A, person, 5)),
    P(try (id(N))#person.name catch C:R -> {C, R} end), P(try (id(foo))#person{age = 1} catch C2:R2 -> {C2, R2} end), P(#person{_ = all}), P(#person{name = a, _ = rest}),
    P([m(X) || X <- [A, A#person{age = 40}, A#person{tags = [t]}, N, #empty{}, other]]), P(upd(A)), P(setelement(#person.age, A, 99)), P(element(#person.name, A)).
id(X) -> X.
m(#person{age = Age, tags = []}) when Age > 30 -> old; m(#person{tags = [T]}) -> {tagged, T}; m(#person{}) -> person; m(#nested{q = #person{name = Name}}) -> Name; m(#empty{}) -> empty; m(_) -> other.
upd(P = #person{}) -> P#person{age = P#person.age + 1, name = upd, tags = [1 | P#person.tags]}.
