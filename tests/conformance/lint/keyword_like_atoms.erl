-module(keyword_like_atoms).
-export(['f'/0]).
'f'() -> 'case'.
