%% coding: latin-1
f() -> "é".
