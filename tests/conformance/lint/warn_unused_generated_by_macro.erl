-module(warn_unused_generated_by_macro).
-define(D(X), begin Tmp = X, ok end).
-export([f/1]).
f(A) -> ?D(A).
