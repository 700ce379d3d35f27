-module(record_info).
-record(r, {a}).
-export([f/1]).
f(X) ->
    record_info(fields, r),
    record_info(size, r),
    record_info(size, X),
    record_info(other, r),
    record_info(fields, s),
    fun record_info/2.
