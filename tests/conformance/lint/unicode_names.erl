-module(unicode_names).
-export(['привет'/0]).
'привет'() -> Ünbound.
