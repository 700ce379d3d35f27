-module(binary_integer_overflow).
-export([f/0]).
f() -> {<<300:8>>, <<1:65537>>, <<-1:4>>}.
